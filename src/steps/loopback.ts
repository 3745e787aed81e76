import { IFF_UP, internetSocket, setInterfaceFlags } from "../kernel/calls/socket.js";
import { defineStep } from "./step.js";

/** Loopback of a network namespace that was made with the container and that nobody outside knows. */
export const loopback = defineStep<object>({
  kind: "loopback",
  where: "container",
  phase: "container",
  title: () => ({ en: "bring up loopback", zh: "启用回环接口" }),
  explanation: {
    en: {
      what: "Brings loopback up, the only interface there is. The network namespace belongs to the container's user namespace, so the container may do this itself, whoever started it.",
      without: "Not even programs inside the container can talk to each other at 127.0.0.1.",
    },
    zh: {
      what: "启用唯一的网络接口，即回环接口。network namespace 属于容器的 user namespace，因此不论由谁启动，容器都可以自己完成。",
      without: "连容器内的程序之间也无法通过 127.0.0.1 通信。",
    },
  },
  manual: ["network_namespaces(7)", "netdevice(7)"],
  tools: () => ["ip"],
  effects: () => [],
  lower: (_fields, { builder }) => {
    const writer = builder.step("loopback");
    writer.add(setInterfaceFlags(writer.add(internetSocket()), "lo", IFF_UP));
  },
  undo: undefined,
});
