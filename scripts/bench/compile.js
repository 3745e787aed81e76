// What `cooper compile` costs, against the least that Node costs.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { embeddedSpec } from "./support/full-container.js";
import { environments, takeTurns, timedNode, timeRow } from "./support/measure.js";

export const title = "Compile: start to exit";
export const needsRoot = false;

const root = path.join(import.meta.dirname, "../..");
const rounds = 21;

export async function measure() {
  const directory = mkdtempSync(path.join(tmpdir(), "cooper-bench-"));
  try {
    const json = path.join(directory, "container.json");
    writeFileSync(json, embeddedSpec());
    const cooper = path.join(root, "dist/cli.cjs");
    const typescript = path.join(root, "golden/05-full/container.ts");
    const rows = [];
    for (const { where, env } of environments(process.env)) {
      const times = await takeTurns(
        {
          node: timedNode(env, "-e", "0"),
          json: timedNode(env, cooper, "compile", json),
          typescript: timedNode(env, cooper, "compile", typescript),
        },
        rounds,
      );
      const peer = ["node -e 0", times.node];
      rows.push(
        timeRow(`a JSON config${where}`, ["cooper compile", times.json], peer, 2),
        timeRow(`a TypeScript config${where}`, ["cooper compile", times.typescript], peer, 7),
      );
    }
    return rows;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
