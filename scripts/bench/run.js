// What `cooper run` costs from the command line, its container included, against the least that Node costs.
import path from "node:path";
import { environments, timeRow } from "./support/measure.js";
import { runInHost } from "./support/simulated-host.js";

export const title = "Run: cooper run of a JSON config, start to exit of static `true`";
export const needsRoot = true;

export async function measure() {
  const all = environments(process.env);
  const measured = await runInHost(path.join(import.meta.dirname, "support/run-in-host.js"), all);
  return measured.flatMap((times, index) => {
    const { where } = all[index];
    const peer = ["node -e 0", times.node];
    return [
      timeRow(`all privileges${where}`, ["cooper run", times.privileged], peer, 1.8),
      timeRow(`hardened, as by default${where}`, ["cooper run", times.hardened], peer, 1.8),
    ];
  });
}
