import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { aboutHooks } from "./hook.js";
import { requireProgram } from "./hook-program.js";
import { HostProblem } from "./host.js";
import { defineStep } from "./step.js";
import { addWait } from "./wait.js";

export interface ContainerHookFields {
  readonly program: Value<"path">;
  /** The program and its arguments. */
  readonly args: readonly [Value<"path">, ...Value<"text">[]];
}

/** Runs a program of the host in the container's namespaces, before the root is switched. */
export const containerHook = defineStep<ContainerHookFields>({
  kind: "container-hook",
  where: "container",
  phase: "container",
  title: ({ program }) => ({
    en: text`run the createContainer hook ${program} in the container's namespaces`,
    zh: text`在容器的 namespace 中运行 createContainer 钩子 ${program}`,
  }),
  explanation: {
    en: {
      what: `Runs a program of the host in the namespaces and cgroups of the container, before its root is switched: what it mounts in the root file system is there for the container, and nowhere else. A shell starts it and waits; a process that performs system calls one after the other cannot, so there the launcher starts it, in the container's namespaces. ${aboutHooks.en} When it fails, so does the start, and everything done so far is undone.`,
      without: "What the program sets up from inside, such as one more mount, is missing.",
    },
    zh: {
      what: `在容器的 namespace 和 cgroup 中运行宿主机的一个程序，此时还没有切换根目录：它在 rootfs 中所做的挂载只有容器能看到。shell 可以启动它并等待；逐个执行系统调用的进程做不到，所以那时由启动者在容器的 namespace 中启动它。${aboutHooks.zh}它失败时容器启动也失败，已完成的步骤全部撤销。`,
      without: "缺少由该程序在内部准备的东西，例如另一个挂载。",
    },
  },
  manual: ["nsenter(1)", "setns(2)"],
  tools: () => ["env", "unshare"],
  effects: ({ program }) => [{ type: "program", target: text`${program}`, lifetime: "stays" }],
  preflight: ({ program }) => {
    requireProgram("createContainer", program);
  },
  attend: async ({ program, args }, host) => {
    // It may take its time, and start containers itself.
    host.unlock();
    const status = await host.runHook(args, "creating", "container");
    if (status === 0) return;
    const values = { hook: "createContainer", path: program, status: String(status) };
    throw new HostProblem("hook-failed", values);
  },
  lower: (_fields, container) => {
    addWait(container, "container-hook");
  },
  undo: undefined,
});
