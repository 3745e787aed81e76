import type { Lesson } from "./lesson.js";

export const hardened: Lesson = {
  name: "14-hardened",
  title: { en: "Safe by default", zh: "默认安全" },
  concept: {
    en: "The containers before were privileged: root inside was root of the host, only with a narrower view. A container that does not ask for that keeps 14 of some forty capabilities and can gain no others. It has a /dev of its own, sees nothing of the kernel's memory, keys and firmware, and can read the kernel's settings but not change them.",
    zh: "之前的容器都是特权容器：里面的 root 就是宿主机的 root，只是看到的范围小一些。不要求特权的容器只保留约四十个 capability 中的 14 个，也无法再获得其他的；它有独立的 /dev，看不到内核的内存、密钥和固件信息，对内核设置只能读、不能改。",
  },
  question: {
    en: "CAP_MKNOD is among the capabilities that are kept, so root in the container may make a node for the host's disk. Why can it still not read the disk?",
    zh: "保留的 capability 中有 CAP_MKNOD，所以容器里的 root 可以为宿主机的磁盘创建设备节点。为什么它仍然读不了磁盘？",
  },
  answer: {
    en: "A node is opened through the mount that it lies in, and every mount that the container can write to is nodev. The few devices it may use are mounted one by one, without that option, and to change the options of a mount takes CAP_SYS_ADMIN, which it does not have.",
    zh: "设备节点要通过它所在的挂载打开，而容器能写的挂载都带 nodev 选项。允许使用的几个设备是逐个单独挂载的，不带这个选项；修改挂载选项需要 CAP_SYS_ADMIN，容器没有。",
  },
  experiment: {
    command: [
      "sh",
      "-c",
      "grep NoNewPrivs /proc/self/status; ls /dev; echo 1 >/proc/sys/vm/swappiness; busybox mknod /tmp/disk b 8 0; cat /tmp/disk; cat /proc/interrupts",
    ],
    shows: {
      en: "The devices it has; a kernel parameter that cannot be written; a node for the disk, which is made and cannot be opened; a file of the kernel that is empty in here.",
      zh: "容器拥有的设备；写不了的内核参数；能创建却打不开的磁盘节点；在这里为空的内核文件。",
    },
  },
  without: {
    step: "devices",
    command: ["sh", "-c", "echo lost >/dev/stdout; wc -c /dev/stdout"],
    shows: {
      en: "/dev is what the root file system happens to have, and this one has no /dev/stdout: what is written to it becomes a file, in a directory that all containers with this root file system share.",
      zh: "/dev 里有什么全看 rootfs。这个 rootfs 没有 /dev/stdout：写到那里的内容成了普通文件，而且所在目录由使用该 rootfs 的所有容器共享。",
    },
  },
};
