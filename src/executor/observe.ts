import { closeSync, openSync } from "node:fs";
import { NetlinkSocket } from "../kernel/netlink/socket.js";
import { runDirectory } from "../steps/run-directory.js";
import { observeCgroup } from "./observe/cgroup.js";
import { observeDevices } from "./observe/devices.js";
import { observeFiles } from "./observe/files.js";
import { observeHostPart } from "./observe/host-part.js";
import { observeMounts } from "./observe/mounts.js";
import { observeHostname, observeNamespaces } from "./observe/namespaces.js";
import { observeNetwork } from "./observe/network.js";
import { observeProcess } from "./observe/process.js";
import { observeRestrictedPaths } from "./observe/restricted-paths.js";
import type { ObservedState } from "./observe/state.js";
import { observeTextFile } from "./observe/text-file.js";
import { observeUserNamespace } from "./observe/user-namespace.js";

export { observeHost, type ObservedHost } from "./observe/host.js";
export { formatState, type ObservedState } from "./observe/state.js";

export interface ObserveOptions {
  /** Where running containers are recorded. Default: /run/cooper. */
  readonly runDirectory?: string;
}

/**
 * Observes a running container from the host: what /proc, /sys, netlink and iptables say about it. Two
 * observations of the same container are equal, and so are those of two containers made alike.
 *
 * Needs root, and to be run in the host's own namespaces.
 *
 * @param pid a process of the container, as the observer numbers it; its first one as a rule
 * @throws NodeJS.ErrnoException ENOENT or ESRCH when there is no such process (any more)
 * @throws SystemCallError when the kernel refuses
 */
export async function observe(
  pid: number,
  { runDirectory: directory = runDirectory() }: ObserveOptions = {},
): Promise<ObservedState> {
  const namespaces = observeNamespaces(pid);
  const host = new NetlinkSocket();
  const container = namespaces.includes("network") ? openNetwork(pid) : undefined;
  try {
    return {
      namespaces,
      ...(namespaces.includes("user") ? { userNamespace: observeUserNamespace(pid) } : {}),
      hostname: observeHostname(pid),
      process: observeProcess(pid),
      files: observeFiles(pid),
      devices: observeDevices(pid),
      ...observeRestrictedPaths(pid),
      mounts: observeMounts(pid),
      cgroup: observeCgroup(pid),
      network: container === undefined ? "host" : observeNetwork(container),
      resolvConf: observeTextFile(pid, "etc/resolv.conf"),
      hosts: observeTextFile(pid, "etc/hosts"),
      host: await observeHostPart(host, container, directory),
    };
  } finally {
    host.close();
    container?.close();
  }
}

function openNetwork(pid: number): NetlinkSocket {
  const namespace = openSync(`/proc/${pid}/ns/net`, "r");
  try {
    return new NetlinkSocket(namespace);
  } finally {
    closeSync(namespace);
  }
}
