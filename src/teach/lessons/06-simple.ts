import type { Lesson } from "./lesson.js";

export const simple: Lesson = {
  name: "06-simple",
  title: { en: "The smallest useful config", zh: "最小的可用配置" },
  concept: {
    en: "What is not written has a default: all namespaces are the container's own, /proc, /sys and /tmp are mounted, and the network is its own, with nothing but loopback.",
    zh: "没有写的都有默认值：全部 namespace 都是独立的，挂载 /proc、/sys 和 /tmp，网络也是独立的，只有回环接口。",
  },
  question: {
    en: "The container has a network namespace, and no network was configured. What is in it?",
    zh: "容器有独立的 network namespace，但没有配置网络。里面有什么？",
  },
  answer: {
    en: "A loopback interface and nothing else. It has to be brought up like any other before 127.0.0.1 answers.",
    zh: "只有一个回环接口。它和其他接口一样，启用之后 127.0.0.1 才有回应。",
  },
  experiment: {
    command: ["ip", "-o", "address"],
    shows: { en: "lo, up, with its address.", zh: "lo 已启用，并有地址。" },
  },
  without: {
    step: "interfaces",
    command: ["ip", "-o", "address"],
    shows: {
      en: "lo is there but down, and has no address: a server and a client in the same container cannot talk over 127.0.0.1.",
      zh: "lo 存在但没有启用，也没有地址：同一容器内的服务端和客户端无法通过 127.0.0.1 通信。",
    },
  },
};
