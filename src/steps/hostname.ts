import { sethostname } from "../kernel/calls/namespace.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface HostnameFields {
  readonly hostname: Value<"name">;
  /** Whether a user namespace owns it: /proc/sys knows no other root than the host's. */
  readonly ofUserNamespace: boolean;
}

/** The host name inside the UTS namespace. */
export const hostname = defineStep<HostnameFields>({
  kind: "hostname",
  where: "container",
  phase: "container",
  title: ({ hostname }) => ({
    en: text`set the host name ${hostname}`,
    zh: text`设置主机名 ${hostname}`,
  }),
  explanation: ({ ofUserNamespace }) => ({
    en: {
      what: `Sets the host name of the container's UTS namespace. ${
        ofUserNamespace
          ? "It belongs to the container's user namespace, whose root may call sethostname(2); /proc/sys/kernel/hostname could be written by the host's root only."
          : "Writing /proc/sys/kernel/hostname is what hostname(1) does, without a process."
      }`,
      without: "The container answers to the host's name.",
    },
    zh: {
      what: `设置容器 UTS namespace 的主机名。${
        ofUserNamespace
          ? "它属于容器的 user namespace，其中的 root 可以调用 sethostname(2)；而 /proc/sys/kernel/hostname 只有宿主机的 root 能写。"
          : "写 /proc/sys/kernel/hostname 与 hostname(1) 效果相同，且不需要额外的进程。"
      }`,
      without: "容器里看到的是宿主机的主机名。",
    },
  }),
  manual: ["uts_namespaces(7)", "sethostname(2)"],
  tools: ({ ofUserNamespace }) => (ofUserNamespace ? ["hostname"] : []),
  effects: () => [],
  lower: ({ hostname }, { builder }) => {
    builder.step("hostname").add(sethostname(hostname));
  },
  undo: undefined,
});
