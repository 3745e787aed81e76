import { readFileSync } from "node:fs";
import path from "node:path";
import { type MountEntry, readMounts } from "./observe/mount-table.js";

/** The group a process is in, in one hierarchy. */
export interface CgroupMembership {
  readonly version: 1 | 2;
  /** The controllers of a v1 hierarchy, such as `cpu`; empty for v2 and for hierarchies with a name only. */
  readonly controllers: readonly string[];
  /** As in /proc/PID/cgroup. */
  readonly path: string;
  /** Where the group lies. */
  readonly directory: string;
}

/**
 * The groups of a process, in every hierarchy that is mounted where it can be seen. Source: cgroups(7).
 *
 * @throws NodeJS.ErrnoException ENOENT or ESRCH when there is no such process (any more)
 */
export function cgroupsOf(pid: number | "self"): CgroupMembership[] {
  const mounts = readMounts("self").filter(({ type }) => type === "cgroup" || type === "cgroup2");
  const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8").trimEnd().split("\n");
  return lines.flatMap((line): CgroupMembership[] => {
    // `4:cpu,cpuacct:/path`, `1:name=systemd:/path`, and `0::/path` for v2.
    const [, names = "", ...rest] = line.split(":");
    const group = rest.join(":");
    const version = names === "" ? 2 : 1;
    const controllers = names === "" ? [] : names.split(",");
    const mount = mounts.findLast(({ type, superOptions }) =>
      version === 2
        ? type === "cgroup2"
        : type === "cgroup" && controllers.every((each) => superOptions.includes(each)),
    );
    const directory = mount && directoryOf(mount, group);
    return directory === undefined
      ? []
      : [
          {
            version,
            controllers: controllers.filter((each) => !each.startsWith("name=")),
            path: group,
            directory,
          },
        ];
  });
}

/** Where a group lies, if the mounted part of the hierarchy has it. */
function directoryOf({ root, target }: MountEntry, group: string): string | undefined {
  const relative = path.relative(root, group);
  return relative.startsWith("..") ? undefined : path.join(target, relative);
}
