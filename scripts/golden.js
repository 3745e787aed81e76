// Makes the golden files again: `node scripts/golden.js [--check] [CASE...]`, as root. See scripts/golden.
//
// The work is done in TypeScript, by code the tests use too: it is bundled and run from there.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { esbuildTemplates } from "./templates-plugin.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
// Below node_modules, so that the bundle finds the packages that stay outside it.
const outfile = path.join(root, "node_modules/.cache/cooper-golden/golden.mjs");
mkdirSync(path.dirname(outfile), { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: ["test/golden/golden.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  alias: { cooper: path.join(root, "src/index.ts") },
  plugins: [esbuildTemplates],
  logLevel: "warning",
});

const { golden } = await import(pathToFileURL(outfile).href);
process.exitCode = await golden(root, process.argv.slice(2));
