// Bundles the command line, for the build and for tests.
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { lazyBuiltins } from "./lazy-builtins-plugin.js";
import { esbuildTemplates } from "./templates-plugin.js";

const root = path.join(import.meta.dirname, "..");

/** Packages that stay of their own: native code, a tool that downloads, and the TypeScript compiler. */
export const external = ["koffi", "shellcheck", "ts-morph"];

const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Writes the bundle and the file that starts it.
 *
 * @returns that file
 */
export async function bundleCommandLine(directory) {
  await build({
    absWorkingDir: root,
    outdir: directory,
    entryPoints: { "cli.bundle": "src/cli/main.ts" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    minify: true,
    external,
    plugins: [esbuildTemplates, lazyBuiltins],
    banner: { js: 'const cooperUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "cooperUrl" },
    logLevel: "warning",
  });
  // esbuild leaves the characters of tagged templates as they are. Who reads their text, as Cooper does, gets the
  // same from an escape.
  const bundle = path.join(directory, "cli.bundle.cjs");
  writeFileSync(bundle, readFileSync(bundle, "utf8").replace(/[^\x00-\x7f]/g, escaped));
  const start = path.join(directory, "cli.cjs");
  copyFileSync(path.join(root, "src/cli/start.cjs"), start);
  chmodSync(start, 0o755);
  return start;
}
