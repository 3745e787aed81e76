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
  title: ({ root }) => ({
    en: text`make ${root} the root and detach the host's file system`,
    zh: text`把 ${root} 设为根，并卸载宿主机的文件系统`,
  }),
  explanation: {
    en: {
      what: "pivot_root puts the new root mount in the place of the old one, stacking the old one on top; umount -l takes that away. The host's files are then gone from the container's mount namespace.",
      without: "The host's whole file system stays mounted inside, one chroot escape away.",
    },
    zh: {
      what: "pivot_root 让新的根挂载取代旧的根，旧的叠在上面，再用 umount -l 卸载。此后容器的 mount namespace 中不再有宿主机的文件。",
      without: "宿主机的整个文件系统仍挂载在容器里，只隔一层 chroot，可以逃逸。",
    },
  },
  manual: ["pivot_root(2)", "umount(8)"],
  tools: () => ["nsenter", "pivot_root", "umount"],
  effects: () => [],
  undo: undefined,
});
