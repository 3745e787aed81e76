/** What is on the host, with containers or without: compared before and after, it tells what stayed. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { runDirectory } from "../../steps/run-directory.js";
import { readNetworkNamespaces } from "./host-part.js";
import { readRules } from "./iptables.js";
import { readMounts } from "./mounts.js";
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

const sysctls = ["net.ipv4.ip_forward"];

export async function observeHost(): Promise<ObservedHost> {
  const socket = new NetlinkSocket();
  try {
    return {
      network: observeNetwork(socket),
      rules: await readRules(),
      networkNamespaces: readNetworkNamespaces(),
      cgroups: readGroups(),
      sysctls: Object.fromEntries(
        sysctls.map((key) => [
          key,
          readFileSync(`/proc/sys/${key.replaceAll(".", "/")}`, "utf8").trim(),
        ]),
      ),
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
