import type { Lesson } from "./lesson.js";

const ask = ["sh", "-c", "ping -c 1 -q app-3 | grep packets"] as const;

export const stack: Lesson = {
  name: "09-stack",
  title: { en: "Several containers", zh: "多个容器" },
  concept: {
    en: "Containers that belong together are a stack: each has a plan of its own, they start in order, each when the one before runs, and one script waits for all of them. The bridge, its rules and forwarding are there once: the first container makes them, and the last one to end takes them away. What is left to do is to know each other's names.",
    zh: "属于一组的容器构成一个 stack：每个容器有自己的计划，按顺序启动，前一个运行起来后才启动下一个，由一个脚本等待全部结束。网桥、规则和转发只有一份：第一个容器创建，最后结束的容器删除。剩下的事情就是知道彼此的名称。",
  },
  question: {
    en: "app-1 started first, when nobody knew the address of app-3. How can it reach app-3 by its name all the same?",
    zh: "app-1 最先启动，那时还没有人知道 app-3 的地址。它怎么仍然能用名称访问 app-3？",
  },
  answer: {
    en: "Whoever starts writes its address into the hosts files of those that run, and theirs into its own. A hosts file is a file of the host's that is bind-mounted, so app-1 sees the new line at once.",
    zh: "每个容器启动时，把自己的地址写入正在运行的容器的 hosts 文件，也把它们的地址写入自己的。hosts 文件在宿主机上，通过 bind mount 出现在容器中，所以 app-1 立刻就能看到新的一行。",
  },
  experiment: {
    inside: "app-1",
    command: ask,
    shows: {
      en: "app-1 reaches app-3, which started later, by its name.",
      zh: "app-1 用名称访问到了比它晚启动的 app-3。",
    },
  },
  without: {
    step: "peers",
    inside: "app-1",
    command: ask,
    shows: {
      en: "The bridge connects the two all the same, but the name app-3 means nothing to app-1.",
      zh: "网桥仍然连接着两者，但 app-1 不认识 app-3 这个名称。",
    },
  },
};
