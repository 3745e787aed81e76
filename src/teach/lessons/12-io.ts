import type { Lesson } from "./lesson.js";

/** Shells within shells, all waiting for the last one. */
const shells =
  'nest() { if [ "$1" -gt 1 ]; then (nest $(($1 - 1))); else echo "120 shells"; fi; }; nest 120';

export const io: Lesson = {
  name: "12-io",
  title: { en: "Disks, processes and CPUs", zh: "磁盘、进程与 CPU" },
  concept: {
    en: "Other things to run out of: a disk can do so much per second, a host has so many process ids, and some CPUs may be kept for others. Each has a controller, and each limit is one more file in the group.",
    zh: "还有别的东西会耗尽：磁盘每秒只能读写这么多，宿主机的进程号只有这么多，有些 CPU 要留给别人。每一种都有控制器，每个限制都是 cgroup 中的又一个文件。",
  },
  question: {
    en: "A limit of disk I/O names a device by two numbers. Whose file system does it apply to, and why is a partition refused?",
    zh: "磁盘 I/O 限制用两个编号标识设备。它作用于哪个文件系统？为什么不能是分区？",
  },
  answer: {
    en: "To whatever lies on that device: requests are counted where they reach the disk, below all file systems. There the kernel knows the whole disk only, as a queue of requests.",
    zh: "作用于该设备上的一切：请求在到达磁盘时计数，位于所有文件系统之下。在那里内核只认识整个磁盘，即一个请求队列。",
  },
  experiment: {
    prepare: ["lsblk --nodeps", "export DEVICE=/dev/sda"],
    command: ["sh", "-c", shells],
    shows: {
      en: "120 shells, each within another, where the group may have 100 processes: fork fails.",
      zh: "120 个层层嵌套的 shell，而 cgroup 只允许 100 个进程：fork 失败。",
    },
  },
  without: {
    step: "limit_pids",
    command: ["sh", "-c", shells],
    shows: {
      en: "Nothing stops them, and nothing would stop a fork bomb.",
      zh: "没有什么阻止它们，也没有什么能阻止 fork 炸弹。",
    },
  },
};
