import { readFileSync } from "node:fs";
import { cgroupRoot } from "../../steps/cgroup.js";
import { type MountEntry, readMounts } from "./mount-table.js";

/** A place where a container sees a group of its own, and nothing above it. */
export interface ObservedGroupMount {
  readonly target: string;
  /** From the observer's cgroup root; left out for what only holds the mounts of hierarchies. */
  readonly group?: string;
  readonly readonly: boolean;
}

const isHierarchy = ({ type }: MountEntry) => type === "cgroup" || type === "cgroup2";

/**
 * The mounts of the groups that a process is in, but for the roots of hierarchies, with the file system that they
 * are mounted in for cgroup v1.
 */
export function ownGroupMounts(pid: number, mounts: readonly MountEntry[]): MountEntry[] {
  const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8").trimEnd().split("\n");
  const groups = lines.map((line) => line.split(":").slice(2).join(":"));
  const own = mounts.filter(
    (each) => isHierarchy(each) && each.root !== "/" && groups.includes(each.root),
  );
  const parents = own.map(({ parent }) => parent);
  return mounts.filter(
    (each) =>
      own.includes(each) ||
      (each.type === "tmpfs" && each.target === cgroupRoot && parents.includes(each.id)),
  );
}

/** Where a process sees the groups it is in. */
export function observeGroupMounts(pid: number): ObservedGroupMount[] {
  return ownGroupMounts(pid, readMounts(String(pid))).map(({ target, root, options, type }) => ({
    target,
    ...(type === "tmpfs" ? {} : { group: root }),
    readonly: options.includes("ro"),
  }));
}
