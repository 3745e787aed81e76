import { addWaitForParent } from "../kernel/program/wait-for-parent.js";
import type { Container } from "./host.js";
import { defineStep } from "./step.js";

/** Stops the container until the launcher has done to it what can only be done from outside. */
export const wait = defineStep<object>({
  kind: "wait",
  where: "container",
  phase: "outside",
  required: true,
  title: () => ({ en: "wait for the host", zh: "等待宿主机完成准备" }),
  explanation: {
    en: {
      what: "The process has its namespaces but does nothing yet: it tells the launcher through a pipe that it is there, and reads from a second one until the launcher has done from outside what it cannot do itself. When the launcher dies, the read ends with nothing, and so does the process.",
      without:
        "The container goes on with ids that mean nothing yet, or without its network; what is built and in which order would be chance.",
    },
    zh: {
      what: "进程已经有了自己的 namespace，但暂时什么都不做：它通过一个管道通知启动者自己已就位，再从另一个管道读取，直到启动者在外部完成它自己做不到的事。启动者死亡时，读取到文件末尾，进程也随之退出。",
      without: "容器会带着尚无意义的 ID 或没有网络就继续运行；各步骤的先后全凭运气。",
    },
  },
  manual: ["pipe(7)"],
  tools: () => [],
  effects: () => [],
  lower: (_fields, container) => {
    addWait(container, "wait");
  },
  undo: undefined,
});

/** Stops the container until its launcher lets it go on. */
export function addWait(container: Container, step: string): void {
  addWaitForParent(container.builder.step(step), container.hasWaited);
  container.hasWaited = true;
}
