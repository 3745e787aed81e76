// The simulated host of the tests: its own processes, mounts, interfaces and cgroups, so that no measurement
// touches the real ones. The tests have it in TypeScript, which is bundled and run from there.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "../../..");
// Below node_modules, so that the bundle finds the packages that stay outside it.
const outfile = path.join(root, "node_modules/.cache/cooper-bench/simulated-host.mjs");

async function load() {
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/host/simulated-host.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * Runs a module of scripts/bench/ in a simulated host of its own.
 *
 * @param module a file that writes its result to standard output as JSON
 * @param given its argument, as JSON
 * @param options of the simulated host
 */
export async function runInHost(module, given, options) {
  const { withSimulatedHost } = await load();
  return withSimulatedHost(async (host) => {
    const { stdout, stderr, exitCode } = await host.run([
      process.execPath,
      module,
      JSON.stringify(given),
    ]);
    if (exitCode !== 0) throw new Error(`${path.basename(module)} failed:\n${stderr}`);
    return JSON.parse(stdout);
  }, options);
}
