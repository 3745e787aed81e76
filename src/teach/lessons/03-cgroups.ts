import type { Lesson } from "./lesson.js";

/** Doubles a text until it has as many bytes as the container may use. */
const grow =
  'x=0123456789abcdef; while [ ${#x} -lt 268435456 ]; do x=$x$x; done; echo "${#x} bytes"';

export const cgroups: Lesson = {
  name: "03-cgroups",
  title: { en: "Limits", zh: "资源限制" },
  concept: {
    en: "Namespaces decide what a process sees, control groups what it may use. A group is a directory, a limit a file in there, and a process joins by writing its number into another. What it starts is in the group from its birth.",
    zh: "namespace 决定进程看到什么，cgroup 决定它能用多少。cgroup 是一个目录，限制是其中的文件；把进程号写入另一个文件，进程就加入了。它启动的进程一开始就在组内。",
  },
  question: {
    en: "The command wants more than its group may have. What becomes of it: when it wants more CPU time, and when it wants more memory?",
    zh: "命令想要的超出了 cgroup 的限制：多要 CPU 时间会怎样，多要内存又会怎样？",
  },
  answer: {
    en: "CPU time can be given later, so it waits for the next period. Memory cannot be taken back, so the kernel kills a process of the group: exit status 137, which is 128 and the number of SIGKILL.",
    zh: "CPU 时间可以晚些再给，所以它等到下一个周期。内存收不回来，所以内核杀死组内的进程：退出码 137，即 128 加 SIGKILL 的编号。",
  },
  experiment: {
    command: ["sh", "-c", grow],
    shows: {
      en: "A shell doubles a text until that fills 256 MiB: the kernel kills it on the way.",
      zh: "shell 把一段文本不断翻倍，直到占满 256 MiB：途中被内核杀死。",
    },
  },
  without: {
    step: "limit_memory",
    command: ["sh", "-c", grow],
    shows: {
      en: "It gets there, with memory that others of this host would have had.",
      zh: "它做到了，用的是本应属于宿主机上其他程序的内存。",
    },
  },
};
