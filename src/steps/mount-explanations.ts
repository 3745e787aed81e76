import type { Language } from "../model/language.js";
import type { Explanation } from "./step.js";

/** What a reader learns about a mount, by its type; "exposed" and "shown" are bind mounts of the host's own. */
export const mountExplanations: Record<
  "proc" | "sysfs" | "tmpfs" | "bind" | "exposed" | "shown",
  Record<Language, Explanation>
> = {
  proc: {
    en: {
      what: "Shows the processes of the pid namespace it is mounted from, hence from inside.",
      without: "ps and top find no processes, or worse, those of the host.",
    },
    zh: {
      what: "proc 显示的是挂载者所在 pid namespace 的进程，所以要在容器内挂载。",
      without: "ps、top 看不到进程，或者更糟，看到宿主机的进程。",
    },
  },
  sysfs: {
    en: {
      what: "Shows devices and kernel settings; its network part is that of the network namespace it is mounted from.",
      without: "Tools that look at interfaces, block devices or cgroups find an empty /sys.",
    },
    zh: {
      what: "显示设备和内核设置；其中网络部分属于挂载者所在的 network namespace。",
      without: "查看网络接口、块设备或 cgroup 的工具只会看到空的 /sys。",
    },
  },
  tmpfs: {
    en: {
      what: "An empty file system in memory, gone with the container and charged to its memory limit.",
      without:
        "Temporary files land in the root file system, where other containers that share it see them.",
    },
    zh: {
      what: "内存中的空文件系统，随容器消失，占用计入容器的内存限制。",
      without: "临时文件会写进 rootfs，共用它的其他容器都能看到。",
    },
  },
  bind: {
    en: {
      what: "Lays what Cooper has prepared over a path of the container; the root file system itself stays untouched.",
      without:
        "It would have to be written into the root file system, which other containers may share.",
    },
    zh: {
      what: "把 Cooper 准备好的文件或目录覆盖到容器内的路径上；rootfs 本身不受影响。",
      without: "只能写进 rootfs，而 rootfs 可能由多个容器共享。",
    },
  },
  exposed: {
    en: {
      what: "Shows a file or directory of the host inside the container: the same files, not a copy. A bind mount takes its options in a second step, because the kernel ignores them in the first.",
      without:
        "The container sees nothing of the host's files, and what it writes is gone with it.",
    },
    zh: {
      what: "在容器内显示宿主机的文件或目录：是同一份文件，不是副本。bind mount 的选项要再用一步设置，因为内核在第一步会忽略它们。",
      without: "容器看不到宿主机的文件，自己写的内容也会随容器消失。",
    },
  },
  shown: {
    en: {
      what: "Lays a directory of the host, with everything that is mounted below it, over a path of the container: what it shows is the host's.",
      without:
        "The container shares what the directory tells about with the host, and would not see it.",
    },
    zh: {
      what: "把宿主机的目录连同其下的所有挂载一起覆盖到容器内的路径上：看到的就是宿主机的内容。",
      without: "容器与宿主机共用这个目录所反映的资源，却看不到它们。",
    },
  },
};
