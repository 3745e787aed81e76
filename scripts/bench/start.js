// What starting a container from a Node process costs, against C with the same system calls and against the
// command line tools that programs spawn for this.
import path from "node:path";
import { compileC } from "./support/compile-c.js";
import { timeRow } from "./support/measure.js";
import { runInHost } from "./support/simulated-host.js";

export const title = "Run: start to exit of static `true` with pid, mount, uts and ipc namespaces";
export const needsRoot = true;
export const tools = ["gcc", "bwrap", "runc"];

export async function measure() {
  const support = path.join(import.meta.dirname, "support");
  return compileC(path.join(support, "start.c"), [], async (yardstick) => {
    const module = path.join(support, "start-in-host.js");
    // runc puts a container into a group of every hierarchy.
    const controllers = ["devices", "freezer", "cpuacct"];
    const times = await runInHost(module, { yardstick }, { controllers });
    const ours = ["run()", times.run];
    return [
      timeRow("the same system calls", ours, ["C", times.c], 1.3),
      timeRow("of these, those in the container only", ours, ["C", times.containerOnly]),
      timeRow("spawned for each", ours, ["bwrap", times.bubblewrap], 1 / 3),
      timeRow("spawned for each", ours, ["runc", times.runc], 1 / 15),
    ];
  });
}
