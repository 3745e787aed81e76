import { setResourceLimit } from "../kernel/calls/process.js";
import type { ResourceLimit } from "../kernel/constants/process.js";
import { defineStep } from "./step.js";

export interface RlimitsFields {
  readonly limits: readonly {
    /** OCI's name, such as `RLIMIT_NOFILE`. */
    readonly type: ResourceLimit;
    /** What prlimit(1) calls it, such as `nofile`. */
    readonly option: string;
    readonly soft: number | "unlimited";
    readonly hard: number | "unlimited";
  }[];
}

const kernelLimit = (limit: number | "unlimited") => (limit === "unlimited" ? null : limit);

const list = (limits: RlimitsFields["limits"]) => limits.map(({ option }) => option).join(", ");

/** Limits that the kernel keeps for each process. */
export const rlimits = defineStep<RlimitsFields>({
  kind: "rlimits",
  where: "container",
  phase: "command",
  title: ({ limits }) => ({
    en: `limit resources of each process: ${list(limits)}`,
    zh: `限制每个进程的资源：${list(limits)}`,
  }),
  explanation: {
    en: {
      what: "Sets soft and hard resource limits. They hold for the command and are inherited by what it starts; without CAP_SYS_RESOURCE no hard limit can be raised again.",
      without:
        "The limits are those of whoever starts the container: the same config behaves differently from host to host.",
    },
    zh: {
      what: "设置资源的软限制和硬限制，对命令生效，并由其子进程继承；没有 CAP_SYS_RESOURCE 就无法再提高硬限制。",
      without: "限制沿用启动者的设置：同一份配置在不同宿主机上表现不同。",
    },
  },
  manual: ["getrlimit(2)", "prlimit(1)"],
  tools: () => ["prlimit"],
  effects: () => [],
  lower: ({ limits }, container) => {
    const writer = container.builder.step("rlimits");
    if (limits.some(({ type }) => type === "RLIMIT_NOFILE")) container.openFiles = undefined;
    for (const { type, soft, hard } of limits)
      writer.add(setResourceLimit(type, kernelLimit(soft), kernelLimit(hard)));
  },
  undo: undefined,
});
