import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { type CommandPlace, HostProblem } from "./host.js";
import { defineStep } from "./step.js";
import { addWait } from "./wait.js";

export interface StartHookFields {
  readonly program: Value<"path">;
  /** The program and its arguments. */
  readonly args: readonly [Value<"path">, ...Value<"text">[]];
  /** What the command has, too. */
  readonly env: Readonly<Record<string, Value<"text">>>;
  readonly cwd: Value<"path">;
  readonly user: CommandPlace["user"];
  /** Whether the command's start is announced, which that of a hook is not. */
  readonly announced?: true;
}

/** Runs a program of the container, right before its command. */
export const startHook = defineStep<StartHookFields>({
  kind: "start-hook",
  where: "container",
  phase: "command",
  title: ({ program }) => ({
    en: text`run the startContainer hook ${program} inside`,
    zh: text`在容器内部运行 startContainer 钩子 ${program}`,
  }),
  explanation: {
    en: {
      what: "Runs a program of the container's root file system as the command will run, with its user, rights, environment and working directory, and waits until it has ended. It reads the container's state as JSON from standard input; what it prints goes to standard error. When it fails, so does the start, and everything done so far is undone.",
      without:
        "What the program prepares inside, such as a cache of the loader, the command has to do itself.",
    },
    zh: {
      what: "运行 rootfs 中的一个程序并等待它结束，条件与稍后的命令相同：用户、权限、环境变量和工作目录都一样。它从标准输入读取 JSON 格式的容器状态，输出都写到标准错误。它失败时容器启动也失败，已完成的步骤全部撤销。",
      without: "该程序在容器内所做的准备（例如加载器的缓存）只能由命令自己来做。",
    },
  },
  manual: ["execve(2)"],
  tools: () => [],
  effects: () => [],
  attend: async ({ program, args, env, cwd, user }, host) => {
    // It may take its time.
    host.unlock();
    const status = await host.runHook(args, "created", { env, cwd, user });
    if (status === 0) return;
    const values = { hook: "startContainer", path: program, status: String(status) };
    throw new HostProblem("hook-failed", values);
  },
  lower: (_fields, container) => {
    addWait(container, "start-hook");
  },
  undo: undefined,
});
