import { sethostname } from "../kernel/calls/namespace.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface HostnameFields {
  readonly hostname: Value<"name">;
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
  explanation: {
    en: {
      what: "Sets the host name of the container's UTS namespace. Writing /proc/sys/kernel/hostname is what hostname(1) does, without a process.",
      without: "The container answers to the host's name.",
    },
    zh: {
      what: "设置容器 UTS namespace 的主机名。写 /proc/sys/kernel/hostname 与 hostname(1) 效果相同，且不需要额外的进程。",
      without: "容器里看到的是宿主机的主机名。",
    },
  },
  manual: ["uts_namespaces(7)", "sethostname(2)"],
  tools: () => [],
  effects: () => [],
  lower: ({ hostname }, { builder }) => {
    builder.step("hostname").add(sethostname(hostname));
  },
  undo: undefined,
});
