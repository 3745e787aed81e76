import type { Lesson } from "./lesson.js";

export const isolated: Lesson = {
  name: "02-isolated",
  title: { en: "Complete isolation", zh: "完整隔离" },
  concept: {
    en: "More namespaces: mounts, host name and IPC of its own. And a root that is really another one: pivot_root puts the new root mount in the place of the old one, which is then unmounted.",
    zh: "更多的 namespace：独立的挂载点、主机名和 IPC。根也真正换掉了：pivot_root 让新的根挂载取代旧的，再把旧的卸载。",
  },
  question: {
    en: "Which mounts does the container still know of, and why is the root file system mounted onto itself first?",
    zh: "容器还知道哪些挂载点？为什么要先把 rootfs bind mount 到自身？",
  },
  answer: {
    en: "Only its own: the host's are gone from its mount namespace. pivot_root swaps mounts, and a plain directory is none; binding it onto itself makes it one.",
    zh: "只有它自己的：宿主机的挂载已从它的 mount namespace 中消失。pivot_root 交换的是挂载，普通目录不是挂载；bind mount 到自身就成了挂载点。",
  },
  experiment: {
    command: ["sh", "-c", "hostname; cut -d ' ' -f 5 /proc/self/mountinfo"],
    shows: {
      en: "The host name it was given, and four mounts: the root and what was mounted in it.",
      zh: "设置的主机名，以及四个挂载点：根和容器内挂载的文件系统。",
    },
  },
  without: {
    step: "root_mount",
    command: ["hostname"],
    shows: {
      en: "pivot_root refuses a root that is no mount point. The container is not built, what was done is undone, and the exit status is 125.",
      zh: "pivot_root 拒绝不是挂载点的根。容器没有建成，已完成的步骤被撤销，退出码是 125。",
    },
  },
};
