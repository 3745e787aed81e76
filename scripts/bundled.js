// Programs of the test folder that scripts run: written in TypeScript, bundled, and imported from there.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { esbuildTemplates } from "./templates-plugin.js";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Imports a module such as `test/golden/golden.ts`. */
export async function importBundled(entry) {
  // Below node_modules, so that the bundle finds the packages that stay outside it.
  const name = `${path.basename(entry, ".ts")}.mjs`;
  const outfile = path.join(root, "node_modules/.cache/cooper-scripts", name);
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
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
  return import(pathToFileURL(outfile).href);
}
