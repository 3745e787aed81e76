// Run in a process of its own: reads the config that is its argument with the sources bundled as
// scripts/build.js does, and says whether that loaded the TypeScript compiler.
import { mkdtempSync, rmSync } from "node:fs";
import Module from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(path.join(root, "node_modules", ".cooper-loaded-"));
try {
  await build({
    absWorkingDir: root,
    entryPoints: ["src/config/index.ts"],
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    external: ["ts-morph"],
    logLevel: "error",
  });
  const { readDescription } = await import(pathToFileURL(path.join(directory, "index.mjs")).href);
  await readDescription(process.argv[2]);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
const loaded = Object.keys(Module._cache).some((file) => /ts-morph|typescript/.test(file));
console.log(`compiler: ${loaded ? "yes" : "no"}`);
