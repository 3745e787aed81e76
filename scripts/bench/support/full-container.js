// golden/05-full in a simulated host, by Cooper's script and by the naive one, and what a fair contest of them
// and others needs.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plainEnvironment } from "./measure.js";

const root = path.join(import.meta.dirname, "../../..");
const script = path.join(root, "golden/05-full/script.sh");

export const rootfs = "/tmp/rootfs";

/** The spec as JSON: the script carries it, as comments at the end. */
export function embeddedSpec() {
  return /^# \{\n(?:# .*\n)*# \}$/m.exec(readFileSync(script, "utf8"))[0].replace(/^# /gm, "");
}

export const cooper = (name, ...command) => [
  script,
  ...[rootfs, name, "50000", "256MiB", "--", ...command],
];

export const naive = (file, ...command) => [
  path.join(root, "scripts/bench", file),
  ...[rootfs, "naive", "50000", "268435456", ...command],
];

/** Runs a command to its end; both scripts tell what they do, and nobody reads it. */
export function run([file, ...args]) {
  const { status, stderr } = spawnSync(file, args, {
    env: plainEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${file} ended with ${status}:\n${stderr}`);
}

/** Makes the root file system from the host's busybox. */
export function buildRootfs() {
  run([process.execPath, path.join(root, "dist/cli.cjs"), "rootfs", "build", rootfs]);
}

export const interfaces = () =>
  readdirSync("/sys/class/net").filter((name) => name.startsWith("veth")).length;

/**
 * Waits until the kernel has done what it does in the background after a container: it deletes network
 * namespaces, and with them interfaces. The next contestant must not pay for the last one's.
 */
export async function settle(expected) {
  while (interfaces() > expected) await sleep(5);
  await sleep(100);
}

/** Keeps bridge and NAT rule in use, so that nobody makes or removes them. */
export async function withNeighbour(body) {
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
