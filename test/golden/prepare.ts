/** What the containers of golden cases find on their host. */
import { bind } from "../../src/executor/bindings.js";
import { compile, type Spec, type Stack } from "../../src/index.js";
import { containersOf } from "../../src/model/spec/stack.js";
import { evaluate } from "../../src/model/value.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { readCaseNamed } from "./cases.js";
import type { SimulatedHost } from "../host/simulated-host.js";

/** What a case needs on the host beyond a root file system, by the name of the case; most need nothing. */
const preparations: Readonly<Record<string, (host: SimulatedHost) => Promise<unknown>>> = {
  "10-overlay": makeLayers,
  "12-io": (host) => host.must("sh", "-ec", addSda),
  "13-join": startFirst,
};

/** A root file system, and a layer that replaces a file of it, adds one and deletes one. */
async function makeLayers(host: SimulatedHost): Promise<void> {
  await host.makeRootfs("/tmp/alpine-rootfs");
  await host.must("sh", "-ec", typed("10-overlay").join("\n"));
}

/** What the lesson of a case tells its reader to type before. */
const typed = (name: string) =>
  lessons.find((lesson) => lesson.name === name)?.experiment.prepare ?? [];

/**
 * The disk of a golden case, on a /dev of the host's own. The first loop device is one that every kernel has, and
 * nobody uses it here.
 */
const addSda = `
  [ -e /sys/block/loop0 ] || busybox modprobe loop
  mkdir /tmp/dev /tmp/dev/changes /tmp/dev/work
  mount -t overlay -o lowerdir=/dev,upperdir=/tmp/dev/changes,workdir=/tmp/dev/work overlay /dev
  rm -f /dev/sda
  mknod /dev/sda b 7 0`;

/** The container whose network another one shares: that of 04-network, with a web server. */
async function startFirst(host: SimulatedHost): Promise<void> {
  await host.writeFile("/tmp/04-network.sh", compile(await readCaseNamed("04-network")), 0o755);
  const [, start = ""] = typed("13-join");
  await host
    .spawn(["sh", "-c", `cd /tmp; ${start} wait`])
    .until(({ stdout }) => stdout === "ready\n");
}

/** Does to a host what a case needs beyond a root file system. */
export async function prepareCase(host: SimulatedHost, name: string): Promise<void> {
  await preparations[name]?.(host);
}

/** Makes the root file systems of containers whose parameters have their defaults, if they do not make their own. */
export async function makeCaseRootfs(host: SimulatedHost, described: Spec | Stack): Promise<void> {
  const paths = containersOf(described).flatMap((spec) =>
    spec.root.path === undefined ? [] : [evaluate("path", spec.root.path, bind(spec, {}))],
  );
  for (const path of new Set(paths)) await host.makeRootfs(path);
}

/** The name of a container whose parameters have their defaults. */
export const defaultName = (spec: Spec) => evaluate("name", spec.name, bind(spec, {}));
