import { existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { HostProblem } from "./host.js";
import { readOrEmpty, writeLine } from "./records.js";
import { ownMarks } from "./run-directory.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface CgroupFields {
  /** Name of the group below each hierarchy's root. */
  readonly group: Text;
  readonly version: "auto" | 1 | 2;
  /** The controllers of the limits. */
  readonly controllers: readonly string[];
  /** Microseconds of CPU time in each period. */
  readonly cpu: { readonly quota: Value<"integer">; readonly period: Value<"integer"> } | undefined;
  /** Bytes. */
  readonly memory: Value<"bytes"> | undefined;
}

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

const cgroupRoot = "/sys/fs/cgroup";

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

/** A control group with the container's limits. */
export const cgroup = defineStep<CgroupFields>({
  kind: "cgroup",
  where: "host",
  phase: "cgroup",
  title: ({ group }) => ({ en: text`create the cgroup ${group}`, zh: text`创建 cgroup ${group}` }),
  explanation: {
    en: {
      what: "Makes a control group and writes the limits into it. cgroup v1 has one hierarchy per controller (cpu.cfs_quota_us, memory.limit_in_bytes), v2 has one for all (cpu.max, memory.max).",
      without: "One container can take every CPU and all memory from everything else on the host.",
    },
    zh: {
      what: "创建 cgroup 并写入限制。cgroup v1 每个控制器一个层级（cpu.cfs_quota_us、memory.limit_in_bytes），v2 只有一个统一的层级（cpu.max、memory.max）。",
      without: "一个容器就能耗尽宿主机的全部 CPU 和内存。",
    },
  },
  manual: ["cgroups(7)"],
  tools: () => ["mkdir", "rmdir"],
  effects: (fields) =>
    (fields.version === 2 ? [""] : fields.controllers.map((each) => `/${each}`)).map(
      (controller) => ({
        type: "cgroup",
        target: text`/sys/fs/cgroup${controller}/${fields.group}`,
        lifetime: "container",
      }),
    ),
  perform: ({ group, controllers, cpu, memory }, host) => {
    const directories = cgroupDirectories(host.cgroupVersion, group, controllers);
    if (host.cgroupVersion === 2) enableControllers(controllers);
    for (const directory of directories)
      if (existsSync(directory) && !host.stale)
        throw new HostProblem("cgroup-in-use", { directory });
    writeLine(`${host.directory}/${ownMarks.cgroup}`, "");
    for (const directory of directories) mkdirSync(directory, { recursive: true });
    host.undo(() => removeCgroups(directories));
    const write = (controller: string, file: string, value: string) => {
      const [base = ""] = cgroupDirectories(host.cgroupVersion, group, [controller]);
      writeLine(`${base}/${file}`, value);
    };
    if (host.cgroupVersion === 2) {
      if (cpu !== undefined) write("cpu", "cpu.max", `${String(cpu.quota)} ${String(cpu.period)}`);
      if (memory !== undefined) write("memory", "memory.max", String(memory));
      return;
    }
    if (cpu !== undefined) {
      write("cpu", "cpu.cfs_period_us", String(cpu.period));
      write("cpu", "cpu.cfs_quota_us", String(cpu.quota));
    }
    if (memory !== undefined) write("memory", "memory.limit_in_bytes", String(memory));
  },
  undo: ({ group }) => ({ en: text`remove the cgroup ${group}`, zh: text`删除 cgroup ${group}` }),
});
