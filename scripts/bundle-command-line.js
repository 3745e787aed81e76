// Bundles the command line, for the build and for tests.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { rolldown } from "rolldown";
import { viteTemplates } from "./templates-plugin.js";

const root = path.join(import.meta.dirname, "..");

/** Packages that stay of their own: native code, a tool that downloads. */
const external = ["koffi", "shellcheck"];

const require = createRequire(import.meta.url);

/**
 * The TypeScript compiler that ts-morph carries, as a part: minified and with a code cache it is there in a tenth of
 * the time that Node takes to read it from its package.
 */
const compiler = createRequire(require.resolve("ts-morph")).resolve(
  "@ts-morph/common/dist/typescript.js",
);
const holder = "\0compiler";
const compilerPart = {
  name: "compiler",
  resolveId: (id) => (id === holder ? id : undefined),
  load(id) {
    // As CommonJS: to import the compiler itself would copy its thousands of names.
    if (id === holder) return `exports.ts = require(${JSON.stringify(compiler)});`;
    if (id === path.join(root, "src/config/typescript/compiler.ts"))
      return `import holder from ${JSON.stringify(holder)}; export const { ts } = holder;`;
    return undefined;
  },
};

/**
 * The parts that have to be loaded fast, and whose code each has: all that these modules import, unless an earlier
 * part has it. What two parts share is a part of its own. Everything else is split as imports need it.
 */
const entries = {
  main: "src/cli/main.ts",
  compile: "src/cli/actions/compile.ts",
  run: "src/cli/actions/run.ts",
  typescript: "src/config/typescript/read-typescript.ts",
};

/**
 * A module of what two parts share. A part that has an entry exports its values as they are; any other has a function
 * for each, to be called whenever somebody uses the value.
 */
const shared = { container: "src/plan/plan.ts" };

/** Names the part that a module belongs to. */
function partition() {
  const reached = new Map();
  const reach = (entry, context) => {
    if (reached.has(entry)) return reached.get(entry);
    const modules = new Set([path.join(root, entry)]);
    for (const id of modules)
      for (const imported of context.getModuleInfo(id)?.importedIds ?? []) modules.add(imported);
    reached.set(entry, modules);
    return modules;
  };
  return (id, context) => {
    if (id === compiler) return "compiler";
    const has = (part) => reach(entries[part], context).has(id);
    if (has("main")) return "main";
    if (has("compile") && has("run")) return "container";
    return ["compile", "run", "typescript"].find(has) ?? null;
  };
}

const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A part as start.cjs reads it: the function that Node makes of a module, in characters of one byte each. Who reads the
 * text of a tagged template gets the same from an escape.
 */
const asFunction = (code) =>
  `(function (exports, require, module, __filename, __dirname) {${code.replace(/[^\x00-\x7f]/g, escaped)}\n})`;

/**
 * Writes the parts of the command line and the file that starts it.
 *
 * @returns that file
 */
export async function bundleCommandLine(directory) {
  const bundle = await rolldown({
    cwd: root,
    input: { ...entries, ...shared },
    platform: "node",
    external,
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
    transform: { target: "node20" },
    plugins: [viteTemplates, compilerPart],
    preserveEntrySignatures: "allow-extension",
  });
  const { output } = await bundle.generate({
    format: "cjs",
    exports: "named",
    minify: true,
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: "parts", name: partition() }],
    },
  });
  await bundle.close();
  mkdirSync(directory, { recursive: true });
  for (const { fileName, code } of output)
    writeFileSync(path.join(directory, fileName), asFunction(code));
  const start = path.join(directory, "cli.cjs");
  copyFileSync(path.join(root, "src/cli/start.cjs"), start);
  chmodSync(start, 0o755);
  return start;
}
