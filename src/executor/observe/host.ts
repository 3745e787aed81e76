/** What is on the host, with containers or without: compared before and after, it tells what stayed. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { readOrEmpty } from "../../steps/records.js";
import { systemRunDirectory } from "../../steps/run-directory.js";
import { readNetworkNamespaces } from "./host-part.js";
import { readRules } from "./iptables.js";
import { readMounts } from "./mount-table.js";
import { type ObservedNetwork, observeNetwork } from "./network.js";
import { byText } from "./proc.js";
import { type ObservedDirectory, observeRunDirectory } from "./run-directory.js";

export interface ObservedHost {
  readonly network: ObservedNetwork;
  /** Of all tables of the firewall. */
  readonly rules: readonly string[];
  readonly networkNamespaces: readonly string[];
  /** Every group of every hierarchy, as a path. */
  readonly cgroups: readonly string[];
  /** Kernel parameters that a container may change. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** "target type source", in the order of mounting. */
  readonly mounts: readonly string[];
  readonly runDirectory: ObservedDirectory;
}

/** Forwarding, and every interface that takes packets of 127.0.0.0/8. */
function readParameters(): Record<string, string> {
  const value = (file: string) => readOrEmpty(`/proc/sys/net/ipv4/${file}`).trim();
  const links = readdirSync("/proc/sys/net/ipv4/conf")
    .map((link) => `conf/${link}/route_localnet`)
    // An interface may be gone since.
    .filter((file) => !["", "0"].includes(value(file)));
  return Object.fromEntries(
    ["ip_forward", ...links].map((file) => [`net.ipv4.${file.replaceAll("/", ".")}`, value(file)]),
  );
}

/** @param runDirectory where running containers are recorded */
export async function observeHost(runDirectory = systemRunDirectory): Promise<ObservedHost> {
  const socket = new NetlinkSocket();
  try {
    return {
      network: observeNetwork(socket),
      rules: await readRules(),
      networkNamespaces: readNetworkNamespaces(),
      cgroups: readGroups(),
      sysctls: readParameters(),
      mounts: readMounts("self").map(({ target, type, source }) => `${target} ${type} ${source}`),
      runDirectory: observeRunDirectory(runDirectory),
    };
  } finally {
    socket.close();
  }
}

function readGroups(): string[] {
  return readMounts("self")
    .filter(({ type }) => type === "cgroup" || type === "cgroup2")
    .flatMap(({ target }) => groupsBelow(target))
    .sort(byText);
}

/** A group that goes away meanwhile is none. */
function groupsBelow(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(directory, entry.name))
      .flatMap((group) => [group, ...groupsBelow(group)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
