import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { observeBlockIO, type ObservedBlockIO } from "./block-io.js";
import { type ObservedGroupMount, observeGroupMounts } from "./cgroup-mounts.js";
import { type MountEntry, readMounts } from "./mount-table.js";

/** Limits by cgroup, told the same way for cgroup v1 and v2. */
export interface ObservedCgroup {
  /** The groups with limits, from the observer's cgroup root: one, unless v1 hierarchies disagree. */
  readonly groups: readonly string[];
  /** Where the container sees its group. */
  readonly mounts?: readonly ObservedGroupMount[];
  /** CPU time in each period, both in microseconds. */
  readonly cpu?: { readonly quota: number; readonly period: number };
  /** Bytes; `swap` is memory and swap together, where the container may swap. */
  readonly memory?: { readonly limit: number; readonly swap?: number | "unlimited" };
  /** Processes and threads. */
  readonly pids?: { readonly limit: number };
  /** Lists such as `0-2,4`, as far as the host has more than these. */
  readonly cpuset?: { readonly cpus?: string; readonly mems?: string };
  /** By device and by OCI's names; bytes or operations per second. */
  readonly blockIO?: ObservedBlockIO;
}

const controllers = ["cpu", "memory", "pids", "cpuset", "blkio"] as const;

type Controller = (typeof controllers)[number];

/** What a controller's limits are called here, where that is not the controller's own name. */
const fieldNames: Readonly<Partial<Record<Controller, string>>> = { blkio: "blockIO" };

interface Group {
  /** As in /proc/PID/cgroup. */
  readonly path: string;
  readonly directory: string;
  /** Where the whole hierarchy, or what the observer sees of it, is mounted. */
  readonly root: string;
  readonly version: 1 | 2;
}

/** Source: cgroups(7). */
export function observeCgroup(pid: number): ObservedCgroup | undefined {
  const groups = groupsOf(pid);
  const limits = {
    cpu: limitOf(groups, "cpu", ({ directory, version }) => {
      const [quota, period] =
        version === 2
          ? readWords(directory, "cpu.max")
          : [
              ...readWords(directory, "cpu.cfs_quota_us"),
              ...readWords(directory, "cpu.cfs_period_us"),
            ];
      return quota === "max" || quota === "-1"
        ? undefined
        : { quota: Number(quota), period: Number(period) };
    }),
    memory: limitOf(groups, "memory", memoryOf),
    pids: limitOf(groups, "pids", ({ directory }) => {
      const [limit] = readWords(directory, "pids.max");
      return limit === "max" ? undefined : { limit: Number(limit) };
    }),
    cpuset: limitOf(groups, "cpuset", cpusetOf),
    blkio: limitOf(groups, "blkio", blockIOOf),
  };
  const limited = controllers.filter((controller) => limits[controller] !== undefined);
  if (limited.length === 0) return undefined;
  const mounts = observeGroupMounts(pid);
  return {
    ...(mounts.length === 0 ? {} : { mounts }),
    groups: [...new Set(limited.map((controller) => groups.get(controller)?.path ?? "/"))],
    ...Object.fromEntries(limited.map((each) => [fieldNames[each] ?? each, limits[each]])),
  };
}

function memoryOf({ directory, version }: Group): ObservedCgroup["memory"] {
  const bytes = (file: string) => {
    const [text = ""] = readWords(directory, file);
    // v1 has a number of almost 2^63 for "no limit".
    return text === "max" || Number(text) > Number.MAX_SAFE_INTEGER ? Infinity : Number(text);
  };
  const limit = bytes(version === 2 ? "memory.max" : "memory.limit_in_bytes");
  if (limit === Infinity) return undefined;
  const [file, besides] =
    version === 2 ? ["memory.swap.max", limit] : ["memory.memsw.limit_in_bytes", 0];
  // Not every kernel counts what is swapped out.
  if (!existsSync(path.join(directory, file))) return { limit };
  const swap = bytes(file) + besides;
  if (swap === limit) return { limit };
  return { limit, swap: swap === Infinity ? "unlimited" : swap };
}

const blockIOOf = ({ directory, version }: Group) => observeBlockIO(directory, version);

/** In v1 a group always has lists of its own: those of its parent are no limit. */
function cpusetOf({ directory, root, version }: Group): ObservedCgroup["cpuset"] {
  const lists = (["cpus", "mems"] as const).flatMap((list) => {
    const file = version === 2 ? `cpuset.${list}.effective` : `cpuset.${list}`;
    const [own = "", whole] = [directory, root].map((each) => readWords(each, file)[0]);
    return own === whole ? [] : [[list, own] as const];
  });
  return lists.length === 0 ? undefined : Object.fromEntries(lists);
}

/** The limits of the hierarchy's root, or of the observer's own view of one, are not the container's. */
function limitOf<Limit>(
  groups: ReadonlyMap<Controller, Group>,
  controller: Controller,
  read: (group: Group) => Limit | undefined,
): Limit | undefined {
  const group = groups.get(controller);
  if (group === undefined || group.path === "/") return undefined;
  try {
    return read(group);
  } catch (error) {
    // In v2 a group has the files of a controller only where its parent enables it.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const readWords = (directory: string, file: string) =>
  readFileSync(path.join(directory, file), "utf8").trim().split(" ");

/** The group of a process for each controller. Lines: `4:cpu,cpuacct:/path`, `0::/path` for v2. */
function groupsOf(pid: number): ReadonlyMap<Controller, Group> {
  const mounts = readMounts("self");
  const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8").trimEnd().split("\n");
  const groups = new Map<Controller, Group>();
  for (const line of lines) {
    const [, names = "", ...rest] = line.split(":");
    const group = rest.join(":");
    for (const controller of controllers) {
      const version = names === "" ? 2 : 1;
      if (version === 1 && !names.split(",").includes(controller)) continue;
      const mount = mounts.findLast((each) => isHierarchy(each, version, controller));
      // The line of v2 comes last; on a hybrid host v1 has the controllers.
      if (mount === undefined || groups.has(controller)) continue;
      const directory = directoryOf(mount, group);
      if (directory === undefined) continue;
      groups.set(controller, { path: group, directory, root: mount.target, version });
    }
  }
  return groups;
}

const isHierarchy = (mount: MountEntry, version: 1 | 2, controller: Controller) =>
  version === 2
    ? mount.type === "cgroup2"
    : mount.type === "cgroup" && mount.superOptions.includes(controller);

/** Where a group lies, if the mounted part of the hierarchy has it. */
function directoryOf({ root, target }: MountEntry, group: string): string | undefined {
  const relative = path.relative(root, group);
  return relative.startsWith("..") ? undefined : path.join(target, relative);
}
