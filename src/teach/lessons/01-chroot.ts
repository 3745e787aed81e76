import type { Lesson } from "./lesson.js";

export const chroot: Lesson = {
  name: "01-chroot",
  title: { en: "The simplest container", zh: "最简单的容器" },
  concept: {
    en: "A container is a process that sees less. Two things are enough to begin with: a pid namespace, in which the process is number 1, and chroot, which moves the place where paths begin.",
    zh: "容器就是一个看到得更少的进程。起步只需两样：pid namespace，进程在其中是 1 号；chroot，改变路径的起点。",
  },
  question: {
    en: "The host runs hundreds of processes. Where does ps get its list, and why is it so short here?",
    zh: "宿主机上运行着上百个进程。ps 从哪里得到进程列表？为什么这里这么短？",
  },
  answer: {
    en: "ps reads /proc. A proc file system shows the processes of the pid namespace it was mounted from, and this one was mounted from inside.",
    zh: "ps 读取 /proc。proc 文件系统显示挂载者所在 pid namespace 的进程，而它是在容器内挂载的。",
  },
  experiment: {
    prepare: ["cooper rootfs build /tmp/alpine-rootfs"],
    command: ["ps", "-o", "pid,args"],
    shows: {
      en: "One process: the command itself, as number 1.",
      zh: "只有一个进程：命令自己，编号为 1。",
    },
  },
  without: {
    step: "mount_proc",
    command: ["ps", "-o", "pid,args"],
    shows: {
      en: "The namespace is still there, but /proc is an empty directory, and ps finds nobody.",
      zh: "namespace 还在，但 /proc 是空目录，ps 一个进程也看不到。",
    },
  },
};
