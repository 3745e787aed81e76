// The simulated host of the tests: its own processes, mounts, interfaces and cgroups, so that no measurement
// touches the real ones. The tests have it in TypeScript, which is bundled and run from there.
import path from "node:path";
import { importBundled } from "../../bundled.js";

/**
 * Runs a module of scripts/bench/ in a simulated host of its own.
 *
 * @param module a file that writes its result to standard output as JSON
 * @param given its argument, as JSON
 * @param options of the simulated host
 */
export async function runInHost(module, given, options) {
  const { withSimulatedHost } = await importBundled("test/host/simulated-host.ts");
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
