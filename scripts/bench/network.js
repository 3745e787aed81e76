// How long a container with limits and a bridged network takes to get to its command: by system calls, by
// Cooper's own script, and by a script that does the same one tool call at a time.
import path from "node:path";
import { compileC } from "./support/compile-c.js";
import { timeRow } from "./support/measure.js";
import { runInHost } from "./support/simulated-host.js";

export const title =
  "Run: start to the command's first instruction, limits, bridge, NAT rule present";
export const needsRoot = true;
export const tools = ["gcc"];

export async function measure() {
  const support = path.join(import.meta.dirname, "support");
  return compileC(path.join(support, "now.c"), ["-static"], async (now) => {
    const times = await runInHost(path.join(support, "network-in-host.js"), { now });
    const ours = ["run()", times.run];
    return [
      timeRow("against one tool call at a time", ours, ["naive", times.naive], 1 / 15),
      timeRow("against the script of the same container", ours, ["script.sh", times.script], 1 / 5),
    ];
  });
}
