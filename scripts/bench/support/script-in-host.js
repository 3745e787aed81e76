// Runs in a simulated host, started by ../script.js: the two scripts in two situations, as JSON.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plainEnvironment, takeTurns } from "./measure.js";

const { rounds } = JSON.parse(process.argv[2]);
const root = path.join(import.meta.dirname, "../../..");
const rootfs = "/tmp/rootfs";
const command = ["/bin/busybox", "true"];
const script = path.join(root, "golden/05-full/script.sh");

const cooper = (name, ...inside) => [script, rootfs, name, "50000", "256MiB", "--", ...inside];
const naive = (file) => [
  "bash",
  path.join(root, "scripts/bench", file),
  ...[rootfs, "naive", "50000", "268435456", ...command],
];

/** Runs a command to its end; both scripts tell what they do, and nobody reads it. */
function run([file, ...args]) {
  const { status, stderr } = spawnSync(file, args, {
    env: plainEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${file} ended with ${status}:\n${stderr}`);
}

const interfaces = () =>
  readdirSync("/sys/class/net").filter((name) => name.startsWith("veth")).length;

/**
 * Waits until the kernel has done what it does in the background after a container: it deletes network
 * namespaces, and with them interfaces. The next contestant must not pay for the last one's.
 */
async function settle(expected) {
  while (interfaces() > expected) await sleep(5);
  await sleep(100);
}

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

/** Keeps bridge and NAT rule in use, so that nobody makes or removes them. */
async function withNeighbour(body) {
  const [file, ...args] = cooper(
    "neighbour",
    ...["/bin/busybox", "sh", "-c", "echo ready; exec /bin/busybox sleep 1000"],
  );
  const neighbour = spawn(file, args, {
    env: plainEnvironment,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(neighbour, "exit");
  await Promise.race([once(neighbour.stdout, "data"), ended]);
  if (neighbour.exitCode !== null) throw new Error("the neighbour did not start");
  try {
    return await body();
  } finally {
    neighbour.kill("SIGTERM");
    await ended;
  }
}

run([process.execPath, path.join(root, "dist/cli.cjs"), "rootfs", "build", rootfs]);
const ours = cooper("bench", ...command);
const results = [
  await withNeighbour(() => contest("beside another", { cooper: ours, naive: naive("naive.sh") })),
];
// The naive script leaves bridge, rule and setting behind; the neighbour is gone.
run(["bash", path.join(root, "scripts/bench/naive-remove.sh")]);
results.push(await contest("alone", { cooper: ours, naive: naive("naive-alone.sh") }));
process.stdout.write(JSON.stringify(results));
