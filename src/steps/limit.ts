import { existsSync } from "node:fs";
import { cgroupFile, type CgroupPlace } from "./cgroup.js";
import { writeLine } from "./records.js";
import { subtract, text } from "../model/param.js";
import type { Language } from "../model/language.js";
import type { Text, Value } from "../model/value.js";
import { defineStep, type Explanation } from "./step.js";

/** A value written to a file of the group. */
interface Setting {
  readonly file: string;
  readonly value: Value | Text;
  /** Left out where the kernel was built without what this file controls. */
  readonly optional?: true;
}

export interface LimitFields extends CgroupPlace {
  /** The controller, by its name in both versions. */
  readonly controller: "cpu" | "memory" | "pids";
  /** What is written in cgroup v1, in this order, and in v2. */
  readonly v1: readonly Setting[];
  readonly v2: readonly Setting[];
}

const titles: Record<LimitFields["controller"], Record<Language, string>> = {
  cpu: { en: "limit the CPU time", zh: "限制 CPU 时间" },
  memory: { en: "limit the memory", zh: "限制内存" },
  pids: { en: "limit the number of processes", zh: "限制进程数" },
};

const explanations: Record<LimitFields["controller"], Record<Language, Explanation>> = {
  cpu: {
    en: {
      what: "The group may run so many microseconds in each period (cpu.cfs_quota_us and cpu.cfs_period_us in v1, cpu.max in v2): half a CPU is 50000 of 100000. When they are used up, its processes wait for the next period.",
      without: "A busy loop in the container takes a whole CPU, several take all.",
    },
    zh: {
      what: "每个周期内，整个组最多运行这么多微秒（v1 的 cpu.cfs_quota_us 和 cpu.cfs_period_us，v2 的 cpu.max）：100000 中的 50000 就是半个 CPU。用完后，组内的进程要等到下一个周期。",
      without: "容器里的一个死循环就占满一个 CPU，几个就占满全部。",
    },
  },
  memory: {
    en: {
      what: "The group may hold so many bytes (memory.limit_in_bytes in v1, memory.max in v2); beyond that the kernel kills one of its processes. Memory and swap together are limited too (memory.memsw.limit_in_bytes, memory.swap.max), or the container would get around the limit by being swapped out; kernels without swap accounting lack these files.",
      without:
        "A leak in the container fills the host's memory, and the kernel kills whom it likes.",
    },
    zh: {
      what: "整个组最多占用这么多字节（v1 的 memory.limit_in_bytes，v2 的 memory.max）；超出时内核杀死组内的进程。内存与 swap 的总量也受限制（memory.memsw.limit_in_bytes、memory.swap.max），否则换出到 swap 就绕过了限制；不统计 swap 的内核没有这些文件。",
      without: "容器的内存泄漏会占满宿主机的内存，由内核任选进程杀死。",
    },
  },
  pids: {
    en: {
      what: "The group may have so many processes and threads at a time (pids.max); beyond that fork fails with EAGAIN.",
      without:
        "A fork bomb in the container takes all process ids of the host: nobody can start a program to end it.",
    },
    zh: {
      what: "整个组同时最多有这么多进程和线程（pids.max）；超出后 fork 返回 EAGAIN。",
      without: "容器里的 fork 炸弹会耗尽宿主机的进程号：连启动一个程序去结束它都做不到。",
    },
  },
};

/** Writes one limit into the container's cgroup. */
export const limit = defineStep<LimitFields>({
  kind: "limit",
  where: "host",
  phase: "cgroup",
  title: ({ controller }) => titles[controller],
  explanation: ({ controller }) => explanations[controller],
  manual: ["cgroups(7)"],
  tools: () => [],
  effects: () => [],
  perform: ({ group, controller, v1, v2 }, { cgroupVersion }) => {
    for (const { file, value, optional } of cgroupVersion === 2 ? v2 : v1) {
      const place = cgroupFile(cgroupVersion, { group, controller, file });
      if (!optional || existsSync(place)) writeLine(place, String(value));
    }
  },
  // They go with the group.
  undo: undefined,
});

/** CPU time in each period, both in microseconds. */
export function cpuLimit(
  place: CgroupPlace,
  { quota, period }: Readonly<Record<"quota" | "period", Value<"integer">>>,
): LimitFields {
  return {
    ...place,
    controller: "cpu",
    v1: [
      { file: "cpu.cfs_period_us", value: period },
      { file: "cpu.cfs_quota_us", value: quota },
    ],
    v2: [{ file: "cpu.max", value: text`${quota} ${period}` }],
  };
}

/**
 * Bytes of memory, and of memory and swap together: in v2 the swap is limited by itself.
 *
 * @param swap undefined: no swap, as far as the kernel counts it
 */
export function memoryLimit(
  place: CgroupPlace,
  { limit, swap }: { readonly limit: Value<"bytes">; readonly swap?: Value<"bytes"> | undefined },
): LimitFields {
  const optional = swap === undefined ? ({ optional: true } as const) : {};
  return {
    ...place,
    controller: "memory",
    v1: [
      { file: "memory.limit_in_bytes", value: limit },
      { file: "memory.memsw.limit_in_bytes", value: swap ?? limit, ...optional },
    ],
    v2: [
      { file: "memory.max", value: limit },
      {
        file: "memory.swap.max",
        value: swap === undefined ? 0 : difference(swap, limit),
        ...optional,
      },
    ],
  };
}

const difference = (left: Value<"bytes">, right: Value<"bytes">) =>
  typeof left === "number" && typeof right === "number" ? left - right : subtract(left, right);

/** Processes and threads. */
export function pidsLimit(place: CgroupPlace, most: Value<"integer">): LimitFields {
  const setting = { file: "pids.max", value: most };
  return { ...place, controller: "pids", v1: [setting], v2: [setting] };
}
