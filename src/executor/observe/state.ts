/**
 * What is observed of a running container. Everything in here is the same for the same container on any
 * host: no inode numbers, process ids, hardware addresses, device numbers, and nothing that only the kernel's
 * version or build decides.
 */
import type { HostPart } from "./host-part.js";
import type { NamespaceName } from "./namespaces.js";
import type { ObservedCgroup } from "./cgroup.js";
import type { ObservedDevices } from "./devices.js";
import type { ObservedFile } from "./files.js";
import type { ObservedMount } from "./mounts.js";
import type { ObservedNetwork } from "./network.js";
import type { ObservedProcess } from "./process.js";
import type { ObservedUserNamespace } from "./user-namespace.js";

/** What the kernel says about one running container. */
export interface ObservedState {
  /** The namespaces that are not the observer's, by their names in the OCI runtime specification. */
  readonly namespaces: readonly NamespaceName[];
  /** What its ids are on the host; undefined when it has the observer's user namespace. */
  readonly userNamespace?: ObservedUserNamespace;
  readonly hostname: string;
  readonly process: ObservedProcess;
  /** Open descriptors. */
  readonly files: readonly ObservedFile[];
  /** What its own /dev has; undefined when that is a directory of its root file system. */
  readonly devices: ObservedDevices | undefined;
  /** What is hidden from it; undefined when nothing is. */
  readonly maskedPaths?: readonly string[];
  /** What it may not change although it could change what lies around; undefined when there is no such thing. */
  readonly readonlyPaths?: readonly string[];
  /** Everything the container sees mounted, in the order of mounting, but for what these and the cgroup tell. */
  readonly mounts: readonly ObservedMount[];
  /** Undefined when nothing is limited. */
  readonly cgroup: ObservedCgroup | undefined;
  /** "host" when it has the observer's network stack. */
  readonly network: ObservedNetwork | "host";
  /** What the container reads in /etc/resolv.conf; undefined when there is none. */
  readonly resolvConf: string | undefined;
  /** The same of /etc/hosts. */
  readonly hosts: string | undefined;
  /** What there is on the host on its account. */
  readonly host: HostPart;
}

/** The state as JSON with a final line end: the same bytes for the same state. */
export function formatState(state: ObservedState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}
