// Many containers alive in one Node process: whether the last ones start as fast as the first, and what each
// costs of Node's memory.
import path from "node:path";
import { row } from "./support/measure.js";
import { runInHost } from "./support/simulated-host.js";

export const title = "Run: 200 containers alive at once in one Node process";
export const needsRoot = true;

const allowed = 100;

export async function measure() {
  const module = path.join(import.meta.dirname, "support/many-in-host.js");
  const results = await runInHost(module, { count: 200, compared: 20 });
  return results.flatMap(({ situation, first, last, kilobytes }) => [
    row(`time to start, ${situation}`, "ms", ["the last 20", last], ["the first 20", first], 1.5),
    row(`memory for each, ${situation}`, "KB", ["Node", kilobytes], ["allowed", allowed], 1),
  ]);
}
