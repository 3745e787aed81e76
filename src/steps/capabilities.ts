import {
  allCapabilities,
  capabilityMask,
  type CapabilityName,
} from "../kernel/constants/capabilities.js";
import { addCapabilityBounds } from "../kernel/program/restrict.js";
import { defineStep } from "./step.js";

export interface CapabilitiesFields {
  /** What the bounding set keeps. */
  readonly kept: readonly CapabilityName[];
  /** Whether it also keeps what a newer kernel may know. */
  readonly unknownKept: boolean;
  /** The options of setpriv(1); its bounding set still has what is dropped last of all. */
  readonly options: readonly string[];
}

/** Bounds what the command and anything it starts can ever be allowed to do. */
export const capabilities = defineStep<CapabilitiesFields>({
  kind: "capabilities",
  where: "container",
  phase: "command",
  title: ({ kept, unknownKept }) => ({
    en: unknownKept ? "bound the capabilities" : `keep ${String(kept.length)} capabilities`,
    zh: unknownKept ? "限定 capability" : `只保留 ${String(kept.length)} 个 capability`,
  }),
  explanation: {
    en: {
      what: "Root's power is divided into some forty capabilities. Those that are not kept leave the bounding set, so that no process of the container can ever get them; the inheritable and the ambient set become empty.",
      without:
        "Root in the container is root on the host: it can load kernel modules, set the clock, write to disks and read any memory.",
    },
    zh: {
      what: "root 的权力分成约四十个 capability。不保留的那些从 bounding 集合中去掉，容器内的任何进程都无法再获得；inheritable 和 ambient 集合清空。",
      without:
        "容器里的 root 就是宿主机的 root：能加载内核模块、修改系统时间、直接写磁盘、读取任意内存。",
    },
  },
  manual: ["capabilities(7)", "setpriv(1)"],
  tools: () => ["setpriv"],
  effects: () => [],
  lower: ({ kept, unknownKept }, { builder, host }) => {
    const unknown = unknownKept ? host.capabilities.bounding & ~allCapabilities : 0n;
    const writer = builder.step("capabilities");
    addCapabilityBounds(writer, host.capabilities, capabilityMask(kept) | unknown);
  },
  undo: undefined,
});
