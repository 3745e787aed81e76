import { existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { HostProblem } from "./host.js";
import { readOrEmpty, writeLine } from "./records.js";
import { ownMarks } from "./run-directory.js";
import { text } from "../model/param.js";
import type { Text } from "../model/value.js";
import { defineStep } from "./step.js";

/** The group of a container, and the version of the host's hierarchies; "auto": whichever there is. */
export interface CgroupPlace {
  /** Name of the group below each hierarchy's root. */
  readonly group: Text;
  readonly version: "auto" | 1 | 2;
}

export interface CgroupFields extends CgroupPlace {
  /** The controllers of the limits: in cgroup v1 each has a hierarchy of its own. */
  readonly controllers: readonly string[];
  /** The same by their names in cgroup v2. */
  readonly unified: readonly string[];
}

/** All controllers that containers are limited with, by their names in cgroup v1. */
export const limitControllers = ["cpu", "memory", "pids", "cpuset", "blkio"] as const;

/** What a controller of cgroup v1 is called in v2. */
export const unifiedName = (controller: string) => (controller === "blkio" ? "io" : controller);

/** The directories of a group: one below each controller's hierarchy (v1), or the only one (v2). */
export function cgroupDirectories(
  version: 1 | 2 | undefined,
  group: string,
  controllers: readonly string[],
): string[] {
  return version === 2
    ? [`${cgroupRoot}/${group}`]
    : controllers.map((controller) => `${cgroupRoot}/${controller}/${group}`);
}

export const cgroupRoot = "/sys/fs/cgroup";

/** A file of a group; in cgroup v1 in the hierarchy of a controller. */
export function cgroupFile(
  version: 1 | 2 | undefined,
  { group, controller, file }: Readonly<Record<"group" | "controller" | "file", string>>,
): string {
  const [directory = ""] = cgroupDirectories(version, group, [controller]);
  return `${directory}/${file}`;
}

/** In cgroup v2 a group has only the controllers that its parent hands on. */
function enableControllers(controllers: readonly string[]): void {
  const available = readFileSync(`${cgroupRoot}/cgroup.controllers`, "utf8").trim();
  const enabled = readFileSync(`${cgroupRoot}/cgroup.subtree_control`, "utf8").trim().split(" ");
  for (const controller of controllers) {
    if (!available.split(" ").includes(controller))
      throw new HostProblem("cgroup-controller", { controller, available });
    if (!enabled.includes(controller))
      writeLine(`${cgroupRoot}/cgroup.subtree_control`, `+${controller}`);
  }
}

/** Ends whatever is left in the groups and removes them. */
export async function removeCgroups(directories: readonly string[]): Promise<void> {
  for (const directory of directories)
    for (const pid of readOrEmpty(`${directory}/cgroup.procs`).split("\n").filter(Boolean))
      killIfAlive(Number(pid));
  // The kernel needs a moment to take dead processes out of a group.
  for (let attempt = 0; ; attempt += 1)
    try {
      for (const directory of directories) if (existsSync(directory)) rmdirSync(directory);
      return;
    } catch (error) {
      if (attempt === 100 || (error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
      await setTimeout(attempt < 10 ? 1 : 20);
    }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A control group, for limits. */
export const cgroup = defineStep<CgroupFields>({
  kind: "cgroup",
  where: "host",
  phase: "cgroup",
  title: ({ group }) => ({ en: text`create the cgroup ${group}`, zh: text`创建 cgroup ${group}` }),
  explanation: {
    en: {
      what: "Makes a control group: a directory whose files limit the processes in it. cgroup v1 has one hierarchy per controller (cpu, memory, pids), v2 has one for all, where a group has only the controllers that its parent hands on.",
      without: "One container can take every CPU and all memory from everything else on the host.",
    },
    zh: {
      what: "创建 cgroup：一个目录，其中的文件限制组内的进程。cgroup v1 每个控制器（cpu、memory、pids）一个层级，v2 只有一个统一的层级，且 cgroup 只有上级启用的控制器。",
      without: "一个容器就能耗尽宿主机的全部 CPU 和内存。",
    },
  },
  manual: ["cgroups(7)"],
  tools: () => ["mkdir", "rmdir", "sleep"],
  effects: (fields) =>
    (fields.version === 2 ? [""] : fields.controllers.map((each) => `/${each}`)).map(
      (controller) => ({
        type: "cgroup",
        target: text`/sys/fs/cgroup${controller}/${fields.group}`,
        lifetime: "container",
      }),
    ),
  perform: ({ group, controllers, unified }, host) => {
    const directories = cgroupDirectories(host.cgroupVersion, group, controllers);
    if (host.cgroupVersion === 2) enableControllers(unified);
    for (const directory of directories)
      if (existsSync(directory) && !host.stale)
        throw new HostProblem("cgroup-in-use", { directory });
    writeLine(`${host.directory}/${ownMarks.cgroup}`, "");
    for (const directory of directories) mkdirSync(directory, { recursive: true });
    host.undo(() => removeCgroups(directories));
  },
  undo: ({ group }) => ({ en: text`remove the cgroup ${group}`, zh: text`删除 cgroup ${group}` }),
});
