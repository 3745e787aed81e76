import { fchdir } from "../kernel/calls/file.js";
import { chroot as chrootCall } from "../kernel/calls/mount.js";
import { rootDescriptor } from "./root-descriptor.js";
import { text } from "../model/param.js";
import type { RootFields } from "./pivot-root.js";
import { defineStep } from "./step.js";

/** Changes only where paths begin; the host's file system stays mounted out of sight. */
export const chroot = defineStep<RootFields>({
  kind: "chroot",
  where: "container",
  phase: "container",
  title: ({ root }) => ({
    en: text`make ${root} the root with chroot`,
    zh: text`用 chroot 把 ${root} 设为根`,
  }),
  explanation: {
    en: {
      what: "Makes the directory the place where absolute paths begin, and does no more: the working directory does not change with it, and the old root stays mounted and within reach. A process that may call chroot itself climbs back out: use pivot_root for anything but a lesson.",
      without: "The container sees the host's files.",
    },
    zh: {
      what: "让绝对路径从这个目录开始，仅此而已：不会改变当前工作目录，旧的根仍然挂载着，仍可访问。能自己调用 chroot 的进程可以爬出去，安全性较弱：除教学外请使用 pivot_root。",
      without: "容器看到的是宿主机的文件。",
    },
  },
  manual: ["chroot(2)"],
  tools: () => [],
  effects: () => [],
  lower: (_fields, container) => {
    const writer = container.builder.step("chroot");
    writer.add(fchdir(rootDescriptor(container, writer)));
    writer.add(chrootCall("."));
  },
  undo: undefined,
});
