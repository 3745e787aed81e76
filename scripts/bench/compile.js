// What `cooper compile` costs, against the least that Node costs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { embeddedSpec } from "./support/full-container.js";
import { plainEnvironment, takeTurns, timeRow } from "./support/measure.js";

export const title = "Compile: start to exit";
export const needsRoot = false;

const root = path.join(import.meta.dirname, "../..");
const rounds = 21;

/** Milliseconds from starting Node to its end. */
function node(...args) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { env: plainEnvironment, stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export async function measure() {
  const directory = mkdtempSync(path.join(tmpdir(), "cooper-bench-"));
  try {
    const json = path.join(directory, "container.json");
    writeFileSync(json, embeddedSpec());
    const cooper = path.join(root, "dist/cli.cjs");
    const times = await takeTurns(
      {
        node: () => node("-e", "0"),
        json: () => node(cooper, "compile", json),
        typescript: () => node(cooper, "compile", path.join(root, "golden/05-full/container.ts")),
      },
      rounds,
    );
    const peer = ["node -e 0", times.node];
    return [
      timeRow("a JSON config", ["cooper compile", times.json], peer, 2),
      timeRow("a TypeScript config", ["cooper compile", times.typescript], peer, 7),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
