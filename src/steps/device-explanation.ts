import type { Language } from "../model/language.js";
import type { Explanation } from "./step.js";

/** What a reader learns about a container's own /dev. */
export const deviceExplanation: Readonly<Record<Language, Explanation>> = {
  en: {
    what: "Covers /dev with an empty file system in memory and puts the few harmless devices there that every program may expect, terminals, shared memory and message queues of the container's own. A device is a number in a file, so each of these is mounted once more onto itself, and then all other mounts are told to ignore device nodes: whatever node the container finds or makes, these are the only ones that can be opened.",
    without:
      "The container has whatever device nodes lie in its root file system, or none at all; and root in there makes itself a node for the host's disk and reads it.",
  },
  zh: {
    what: "用一个空的内存文件系统覆盖 /dev，只放入程序普遍需要的几个无害设备，以及容器自己的终端、共享内存和消息队列。设备节点只是文件里的一个编号，所以把这几个节点各自再挂载到自身，然后让其他所有挂载忽略设备节点：无论容器里原有或新建了什么节点，能打开的只有这几个。",
    without:
      "容器里有什么设备全看 rootfs，也可能一个都没有；而且容器里的 root 可以为宿主机的磁盘创建节点并直接读取。",
  },
};
