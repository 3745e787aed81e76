import { closeSync, openSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setns } from "../../kernel/calls/namespace.js";
import { CLONE_NEWUTS } from "../../kernel/constants/clone.js";
import { performSystemCall } from "../../kernel/libc.js";

/** The names of the OCI runtime specification, and the files below /proc/PID/ns. */
const files = {
  pid: "pid",
  mount: "mnt",
  uts: "uts",
  ipc: "ipc",
  network: "net",
  user: "user",
  cgroup: "cgroup",
  time: "time",
} as const;

export type NamespaceName = keyof typeof files;

/** The namespaces of a process that are not the observer's own. */
export function observeNamespaces(pid: number): NamespaceName[] {
  return (Object.keys(files) as NamespaceName[]).filter(
    (name) => identity(String(pid), name) !== identity("self", name),
  );
}

function identity(pid: string, name: NamespaceName): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${files[name]}`);
  } catch (error) {
    // A kernel may be built without a kind of namespace; a process that has ended is noticed elsewhere.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The host name in a process's UTS namespace: only who is in there can ask for it. */
export function observeHostname(pid: number): string {
  const [target, own] = [`/proc/${pid}/ns/uts`, "/proc/thread-self/ns/uts"].map((file) =>
    openSync(file, "r"),
  ) as [number, number];
  try {
    // A thread's UTS namespace is its own, and nothing else runs on this one before it is back.
    performSystemCall(setns(target, CLONE_NEWUTS));
    try {
      return hostname();
    } finally {
      performSystemCall(setns(own, CLONE_NEWUTS));
    }
  } finally {
    closeSync(target);
    closeSync(own);
  }
}
