import type { Language } from "../model/language.js";
import { text } from "../model/param.js";
import type { HostHookName } from "../model/spec/hooks.js";
import type { Value } from "../model/value.js";
import { requireProgram } from "./hook-program.js";
import { HostProblem } from "./host.js";
import { defineStep, type Explanation } from "./step.js";

export interface HookFields {
  /** The list it stands in, by OCI's name. */
  readonly hook: HostHookName;
  readonly program: Value<"path">;
  /** The program and its arguments. */
  readonly args: readonly [Value<"path">, ...Value<"text">[]];
  /** What the container's state says then. */
  readonly status: "creating" | "running" | "stopped";
  /** Whether the start fails with it. */
  readonly fatal: boolean;
}

/** What all have in common. */
export const aboutHooks: Readonly<Record<Language, string>> = {
  en: "It runs in / with no environment but PATH, with the rights of whoever starts the container, and reads the container's state as JSON from standard input. What it prints goes to standard error.",
  zh: "它在 / 下运行，环境变量只有 PATH，权限与启动容器的用户相同，从标准输入读取 JSON 格式的容器状态，输出都写到标准错误。",
};

const explanations: Readonly<Record<HostHookName, Readonly<Record<Language, Explanation>>>> = {
  createRuntime: {
    en: {
      what: `Runs a program of the host while the container waits: it has its namespaces and mounts, and its root is not switched yet. ${aboutHooks.en} When it fails, so does the start, and everything done so far is undone.`,
      without:
        "What the program sets up for the container from outside, such as a device or one more network, is missing.",
    },
    zh: {
      what: `容器等待期间在宿主机上运行一个程序：此时 namespace 和挂载都已就绪，还没有切换根目录。${aboutHooks.zh}它失败时容器启动也失败，已完成的步骤全部撤销。`,
      without: "缺少由该程序在外部为容器准备的东西，例如设备或另一个网络。",
    },
  },
  poststart: {
    en: {
      what: `Runs a program of the host when the container's command has been started. ${aboutHooks.en} When it fails there is a warning, and the container goes on.`,
      without: "Nobody else on the host is told that the container runs.",
    },
    zh: {
      what: `容器的命令启动后，在宿主机上运行一个程序。${aboutHooks.zh}它失败时只给出警告，容器继续运行。`,
      without: "宿主机上没有谁会得知容器已经运行。",
    },
  },
  poststop: {
    en: {
      what: `Runs a program of the host when the container has ended and everything made for it is gone. ${aboutHooks.en} When it fails there is a warning.`,
      without: "What other hooks have set up outside of Cooper's knowledge stays behind.",
    },
    zh: {
      what: `容器结束、为它创建的一切都删除之后，在宿主机上运行一个程序。${aboutHooks.zh}它失败时只给出警告。`,
      without: "其他钩子在 Cooper 不知情的地方创建的东西会残留下来。",
    },
  },
};

/** Runs a program of the host at a moment of the container's life. */
export const hook = defineStep<HookFields>({
  kind: "hook",
  where: "host",
  phase: "container",
  title: ({ hook, program }) => ({
    en: text`run the ${hook} hook ${program}`,
    zh: text`运行 ${hook} 钩子 ${program}`,
  }),
  explanation: ({ hook }) => explanations[hook],
  manual: ["env(1)", "execve(2)"],
  needsRoot: false,
  tools: () => ["env", "unshare"],
  effects: ({ program }) => [{ type: "program", target: text`${program}`, lifetime: "stays" }],
  preflight: ({ hook, program }) => {
    requireProgram(hook, program);
  },
  perform: async ({ hook, program, args, status, fatal }, host) => {
    // It may take its time, and start containers itself.
    host.unlock();
    const ended = await host.runHook(args, status, "host");
    if (ended === 0) return;
    const problem = new HostProblem("hook-failed", { hook, path: program, status: String(ended) });
    if (fatal) throw problem;
    host.warn(problem);
  },
  undo: undefined,
});
