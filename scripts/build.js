// Builds dist/: the library and the CLI bundled by esbuild into a few files (loading hundreds of small
// modules would cost more start-up time than Cooper's own work), and type declarations by tsc.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { esbuildTemplates } from "./templates-plugin.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
rmSync(path.join(root, "dist"), { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: { index: "src/index.ts", cli: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  sourcemap: false,
  // These stay packages of their own: native code, a downloaded tool, and the TypeScript compiler.
  external: ["koffi", "shellcheck", "ts-morph"],
  banner: {
    js: 'import { createRequire as cooperCreateRequire } from "node:module"; const require = cooperCreateRequire(import.meta.url);',
  },
  plugins: [esbuildTemplates],
  logLevel: "warning",
});

if (!process.argv.includes("--no-types"))
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
