// Runs in a simulated host, started by ../script.js: the two scripts in two situations, as JSON.
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  buildRootfs,
  cooper,
  interfaces,
  naive,
  run,
  settle,
  withNeighbour,
} from "./full-container.js";
import { takeTurns } from "./measure.js";

const { rounds } = JSON.parse(process.argv[2]);
const command = ["/bin/busybox", "true"];

/** How many processes a command starts, itself included, and how often a program is executed. */
function count(argv) {
  const log = "/tmp/strace.log";
  run(["strace", "-f", "-o", log, "-e", "trace=execve", "-e", "signal=none", "--", ...argv]);
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return {
    processes: new Set(lines.map((line) => line.split(" ", 1)[0])).size,
    "execve calls": lines.filter((line) => /execve.* = 0$/.test(line)).length,
  };
}

async function contest(situation, contestants) {
  const expected = interfaces();
  const counts = {};
  for (const [name, argv] of Object.entries(contestants)) {
    // Once without being watched: the first one prepares what later ones find.
    run(argv);
    await settle(expected);
    counts[name] = count(argv);
    await settle(expected);
  }
  const timed = (argv) => async () => {
    const start = process.hrtime.bigint();
    run(argv);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    await settle(expected);
    return milliseconds;
  };
  const times = await takeTurns(
    Object.fromEntries(Object.entries(contestants).map(([name, argv]) => [name, timed(argv)])),
    rounds,
  );
  return { situation, counts, times };
}

buildRootfs();
const ours = cooper("bench", ...command);
const results = [
  await withNeighbour(() =>
    contest("beside another", { cooper: ours, naive: naive("naive.sh", ...command) }),
  ),
];
// The naive script leaves bridge, rule and setting behind; the neighbour is gone.
run(["bash", path.join(import.meta.dirname, "../naive-remove.sh")]);
results.push(await contest("alone", { cooper: ours, naive: naive("naive-alone.sh", ...command) }));
process.stdout.write(JSON.stringify(results));
