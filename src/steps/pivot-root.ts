import { fchdir } from "../kernel/calls/file.js";
import { pivotRoot as pivotRootCall, umount2 } from "../kernel/calls/mount.js";
import { MNT_DETACH } from "../kernel/constants/mount.js";
import { rootDescriptor } from "./root-descriptor.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface RootFields {
  readonly root: Value<"path"> | Text;
}

/** Swaps the root mount for the container's and detaches the host's. */
export const pivotRoot = defineStep<RootFields>({
  kind: "pivot-root",
  where: "container",
  phase: "container",
  shell: { name: "inside", continues: true },
  title: ({ root }) => ({
    en: text`make ${root} the root and detach the host's file system`,
    zh: text`把 ${root} 设为根，并卸载宿主机的文件系统`,
  }),
  explanation: {
    en: {
      what: "Switches the whole root file system: pivot_root puts the new root mount in the place of the old one, stacking the old one on top; umount -l takes that away. The host's files are then gone from the container's mount namespace, and there is nothing left to climb out to.",
      without: "The host's whole file system stays mounted inside, one chroot escape away.",
    },
    zh: {
      what: "完全切换根文件系统：pivot_root 让新的根挂载取代旧的根，旧的叠在上面，再用 umount -l 卸载。此后容器的 mount namespace 中不再有宿主机的文件，爬也无处可去，因此更安全。",
      without: "宿主机的整个文件系统仍挂载在容器里，只隔一层 chroot，可以逃逸。",
    },
  },
  manual: ["pivot_root(2)", "umount(8)"],
  tools: () => ["chroot", "nsenter", "pivot_root", "umount"],
  effects: () => [],
  lower: (_fields, container) => {
    const writer = container.builder.step("pivot_root");
    writer.add(fchdir(rootDescriptor(container, writer)));
    writer.add(pivotRootCall(".", "."));
    // The old root now lies on top of the new one.
    writer.add(umount2(".", MNT_DETACH));
  },
  undo: undefined,
});
