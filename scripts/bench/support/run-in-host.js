// Runs in a simulated host, started by ../run.js: the contestants in turns, as JSON.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { buildRootfs, rootfs } from "./full-container.js";
import { plainEnvironment, takeTurns } from "./measure.js";

const rounds = 31;
const cooper = path.join(import.meta.dirname, "../../../dist/cli.cjs");

const timed =
  (...args) =>
  () => {
    const begin = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, {
      env: plainEnvironment,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
    return Number(process.hrtime.bigint() - begin) / 1e6;
  };

function writeConfig(name, more) {
  const file = `/tmp/${name}.json`;
  const process = { args: ["/bin/true"] };
  writeFileSync(file, JSON.stringify({ name, root: { path: rootfs }, process, ...more }));
  return file;
}

buildRootfs();
const times = await takeTurns(
  {
    node: timed("-e", "0"),
    privileged: timed(cooper, "run", writeConfig("privileged", { privileged: true })),
    hardened: timed(cooper, "run", writeConfig("hardened", {})),
  },
  rounds,
);
process.stdout.write(JSON.stringify(times));
