/** Cases of netlink and of network namespaces, run in a simulated host; `ip` is the second witness. */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { withNetworkNamespace } from "../../../src/kernel/namespaces.js";
import { addAddress, listAddresses } from "../../../src/kernel/netlink/addresses.js";
import {
  changeLink,
  createBridge,
  createVethPair,
  deleteLink,
  getLink,
  listLinks,
} from "../../../src/kernel/netlink/links.js";
import { NetlinkError } from "../../../src/kernel/netlink/netlink-error.js";
import { addRoute, listRoutes } from "../../../src/kernel/netlink/routes.js";
import { NetlinkSocket } from "../../../src/kernel/netlink/socket.js";
import {
  createNetworkNamespace,
  deleteNetworkNamespace,
  openNetworkNamespace,
} from "../../../src/kernel/network-namespace.js";

function ip(...args: string[]): unknown {
  const output = execFileSync("ip", ["-json", ...args], { encoding: "utf8" });
  return JSON.parse(output === "" ? "[]" : output);
}

/** An error's name and message. */
function message(action: () => unknown): string {
  try {
    action();
    return "no error";
  } catch (error) {
    return told(error);
  }
}

const told = (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`;

const ownNamespace = (): string => readlinkSync("/proc/thread-self/ns/net");

/** A bridge with a container's network behind it, made as the kernel path makes it. */
export function network(): unknown {
  createNetworkNamespace("box");
  const namespaceFd = openNetworkNamespace("box");
  const host = new NetlinkSocket();
  createBridge(host, { name: "cooper0", address: "02:00:00:00:00:01", mtu: 1400 });
  addAddress(host, "cooper0", "10.88.0.1/24");
  changeLink(host, "cooper0", { up: true });
  const bridge = getLink(host, "cooper0");
  createVethPair(host, {
    name: "veth-box",
    master: bridge?.index,
    up: true,
    mtu: 1400,
    peer: { name: "eth0", namespaceFd, address: "02:42:0a:58:00:02", mtu: 1400 },
  });
  const inside = new NetlinkSocket(namespaceFd);
  changeLink(inside, "lo", { up: true });
  changeLink(inside, "eth0", { up: true });
  addAddress(inside, "eth0", "10.88.0.2/24");
  addRoute(inside, { destination: "default", gateway: "10.88.0.1" });
  addRoute(inside, { destination: "192.0.2.0/24", link: "eth0" });
  const result = {
    bridge,
    veth: getLink(host, "veth-box"),
    hostNames: listLinks(host).map(({ name }) => name),
    links: listLinks(inside),
    addresses: listAddresses(inside),
    eth0Addresses: listAddresses(inside, "eth0"),
    routes: listRoutes(inside).filter(({ family }) => family === 2),
    ipLink: ip("-details", "link", "show", "master", "cooper0"),
    ipAddress: ip("-n", "box", "address", "show", "dev", "eth0"),
    ipRoute: ip("-n", "box", "-4", "route"),
  };
  host.close();
  inside.close();
  closeSync(namespaceFd);
  return result;
}

/** Renaming, moving, leaving a bridge, deleting; replacing an address; IPv6. */
export async function changes(): Promise<unknown> {
  const host = new NetlinkSocket();
  createBridge(host, { name: "bridge0" });
  createVethPair(host, { name: "left", peer: { name: "right" } });
  const master = getLink(host, "bridge0")?.index ?? 0;
  changeLink(host, "left", { master, name: "west", up: true, mtu: 1300 });
  const joined = getLink(host, "west");
  const gone = getLink(host, "left");
  changeLink(host, "west", { master: null, up: false });
  const left = getLink(host, "west");
  createNetworkNamespace("other");
  const namespaceFd = openNetworkNamespace("other");
  changeLink(host, "right", { namespaceFd, name: "east" });
  const here = getLink(host, "right");
  const other = new NetlinkSocket(namespaceFd);
  const moved = getLink(other, "east");
  addAddress(host, "west", "192.0.2.1/30");
  addAddress(host, "west", "2001:db8::1/64");
  changeLink(host, "west", { up: true });
  changeLink(other, "east", { up: true });
  addAddress(host, "lo", "127.0.0.9/8");
  addRoute(host, { destination: "2001:db8:1::/48", gateway: "2001:db8::2" });
  const addresses = listAddresses(host, "west");
  const local = listAddresses(host, "lo");
  const routes = listRoutes(host).filter(({ gateway }) => gateway !== undefined);
  await deleteLink(host, "west");
  const after = { east: getLink(other, "east"), names: listLinks(host).map(({ name }) => name) };
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  await deleteLink(host, master);
  clearInterval(counting);
  host.close();
  other.close();
  return {
    turns,
    joined,
    gone,
    left,
    here,
    moved,
    addresses,
    local,
    routes,
    after,
    last: listAll(),
  };
}

function listAll(): string[] {
  using socket = new NetlinkSocket();
  return listLinks(socket).map(({ name }) => name);
}

/** What the kernel refuses, and what is refused before it is asked. */
export async function refusals(): Promise<unknown> {
  using host = new NetlinkSocket();
  createBridge(host, { name: "bridge0" });
  changeLink(host, "bridge0", { up: true });
  addAddress(host, "bridge0", "10.0.0.1/24");
  let properties: unknown;
  try {
    addRoute(host, { destination: "default", gateway: "192.0.2.1" });
  } catch (error) {
    properties = error instanceof NetlinkError ? Object.fromEntries(Object.entries(error)) : error;
  }
  return {
    properties,
    route: message(() => addRoute(host, { destination: "default", gateway: "192.0.2.1" })),
    exists: message(() => createBridge(host, { name: "bridge0" })),
    address: message(() => addAddress(host, "bridge0", "10.0.0.1/24")),
    noLink: message(() => changeLink(host, "nothing", { up: true })),
    noDelete: await deleteLink(host, "nothing").then(() => "no error", told),
    master: message(() => changeLink(host, "bridge0", { master: 1 })),
    mtu: message(() => changeLink(host, "bridge0", { mtu: 70_000 })),
    namespace: message(() => changeLink(host, "bridge0", { namespaceFd: 0 })),
    longName: message(() => createBridge(host, { name: "sixteen-letters!" })),
    noAddress: message(() => addAddress(host, "bridge0", "10.0.0.300/24")),
    noLength: message(() => addAddress(host, "bridge0", "10.0.0.2/33")),
    noTarget: message(() => addRoute(host, { destination: "10.1.0.0/16" })),
    families: message(() => addRoute(host, { destination: "::/0", gateway: "10.0.0.2" })),
    // After all that, the socket still answers in order.
    still: getLink(host, "bridge0")?.up,
  };
}

/** Named namespaces: made, seen by `ip netns`, deleted, made again, and what is refused. */
export function named(): unknown {
  // Node's first stream opens a descriptor for good: it is no leak.
  process.stderr.write("");
  const before = { own: ownNamespace(), descriptors: readdirSync("/proc/self/fd").length };
  createNetworkNamespace("first");
  createNetworkNamespace("second");
  const listed = (ip("netns", "list") as { name: string }[]).map(({ name }) => name).sort();
  const duplicate = message(() => createNetworkNamespace("first"));
  // What was made by iproute2 is the same thing.
  execFileSync("ip", ["netns", "add", "third"]);
  deleteNetworkNamespace("third");
  execFileSync("ip", ["netns", "delete", "second"]);
  const fd = openNetworkNamespace("first");
  const inside = withNetworkNamespace(fd, ownNamespace);
  const lo = withNetworkNamespace(fd, () => readFileSync("/proc/thread-self/net/dev", "utf8"));
  const thrown = message(() =>
    withNetworkNamespace(fd, () => {
      throw new Error("inside");
    }),
  );
  const promised = message(() => withNetworkNamespace(fd, () => Promise.resolve()));
  const notOne = message(() => withNetworkNamespace(0, ownNamespace));
  closeSync(fd);
  const propagation = /(\S+) - tmpfs tmpfs/.exec(
    readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .find((line) => line.includes(" /run/netns ")) ?? "",
  )?.[1];
  deleteNetworkNamespace("first");
  return {
    listed,
    duplicate,
    differs: inside !== before.own,
    lo: /lo:/.test(lo) && !/eth|cooper/.test(lo),
    thrown,
    promised,
    notOne,
    propagation: propagation?.replace(/\d+/, "N"),
    missing: message(() => deleteNetworkNamespace("first")),
    badNames: ["", ".", "..", "a/b"].map((name) => message(() => createNetworkNamespace(name))),
    left: existsSync("/run/netns") ? readdirSync("/run/netns") : [],
    restored: ownNamespace() === before.own,
    descriptors: readdirSync("/proc/self/fd").length - before.descriptors,
  };
}

/** What a mount namespace that follows this one sees of namespaces made and deleted later. */
export async function propagated(): Promise<unknown> {
  createNetworkNamespace("early");
  const other = spawn("unshare", ["--mount", "--propagation", "slave", "sleep", "1000"]);
  const seen = (): string[] =>
    readFileSync(`/proc/${other.pid ?? 0}/mountinfo`, "utf8").match(/\/run\/netns\/\w+/g) ?? [];
  const own = readlinkSync("/proc/self/ns/mnt");
  while (readlinkSync(`/proc/${other.pid ?? 0}/ns/mnt`) === own) await sleep(10);
  await sleep(50);
  createNetworkNamespace("late");
  const made = seen();
  deleteNetworkNamespace("early");
  deleteNetworkNamespace("late");
  const deleted = seen();
  other.kill("SIGKILL");
  return { made, deleted };
}
