// What the script of golden/05-full costs against a script that does the same one tool call at a time.
import path from "node:path";
import { row, timeRow } from "./support/measure.js";
import { runInHost } from "./support/simulated-host.js";

export const title = "Script: start to exit of `true` in a full container";
export const needsRoot = true;
export const tools = ["strace"];

const rounds = 21;

export async function measure() {
  const results = await runInHost(path.join(import.meta.dirname, "support/script-in-host.js"), {
    rounds,
  });
  return results.flatMap(({ situation, counts, times }) => [
    ...["processes", "execve calls"].map((what) =>
      row(
        `${what}, ${situation}`,
        "",
        ["cooper", counts.cooper[what]],
        ["naive", counts.naive[what]],
        what === "processes" ? 0.5 : undefined,
      ),
    ),
    timeRow(`time, ${situation}`, ["cooper", times.cooper], ["naive", times.naive], 0.5),
  ]);
}
