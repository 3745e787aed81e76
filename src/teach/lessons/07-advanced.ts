import type { Lesson } from "./lesson.js";

export const advanced: Lesson = {
  name: "07-advanced",
  title: { en: "The same from flags", zh: "用命令行参数描述" },
  concept: {
    en: "The same container, described by flags as people type them for docker run. Config and flags give the same plan, and so the same script.",
    zh: "同样的容器，用 docker run 风格的命令行参数描述。配置和参数得到同一个执行计划，也就是同一个脚本。",
  },
  question: {
    en: "Where does a process learn which host it is on?",
    zh: "进程从哪里知道自己在哪台主机上？",
  },
  answer: {
    en: "From its UTS namespace, which holds the host name. A new one begins with a copy of the host's name, so it has to be set.",
    zh: "从它的 UTS namespace，主机名就存放在那里。新的 UTS namespace 复制了宿主机的名字，所以需要设置。",
  },
  experiment: {
    command: ["hostname"],
    shows: { en: "The name that was asked for.", zh: "所设置的名字。" },
  },
  without: {
    step: "hostname",
    command: ["hostname"],
    shows: {
      en: "The container has a UTS namespace of its own, and still the host's name in it.",
      zh: "容器有自己的 UTS namespace，里面却还是宿主机的名字。",
    },
  },
};
