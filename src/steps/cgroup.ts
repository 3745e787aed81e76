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
  undo: ({ group }) => ({ en: text`remove the cgroup ${group}`, zh: text`删除 cgroup ${group}` }),
});
