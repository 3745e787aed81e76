import { createRequire } from "node:module";

/** The compiler's types: `Syntax.CallExpression` and so on. */
export type { ts as Syntax } from "ts-morph";

const require = createRequire(import.meta.url);

/**
 * The TypeScript compiler that ts-morph carries.
 *
 * Only the compiler is loaded, without ts-morph's own wrappers and its copy of TypeScript's library files:
 * a config needs neither, and together they take as long as all of Cooper's own work. It is `require`d,
 * because `import` would first search nine megabytes of CommonJS for the names they export.
 */
export const ts = loadCompiler();

function loadCompiler(): typeof import("ts-morph").ts {
  const tsMorph = createRequire(require.resolve("ts-morph"));
  try {
    return tsMorph("@ts-morph/common/dist/typescript.js") as typeof import("ts-morph").ts;
  } catch (error) {
    // Another version may keep it in another place; what ts-morph exports is the same compiler.
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return (require("ts-morph") as typeof import("ts-morph")).ts;
  }
}
