import type { Lesson } from "./lesson.js";

export const network: Lesson = {
  name: "04-network",
  title: { en: "A network of its own", zh: "独立的网络" },
  concept: {
    en: "A network namespace begins empty. A veth pair is a cable: one end is eth0 inside, the other is plugged into a bridge of the host, which is the gateway. NAT lets packets leave under the host's address.",
    zh: "新的 network namespace 是空的。veth pair 就像一根网线：一端是容器内的 eth0，另一端插在宿主机的网桥上，网桥就是网关。NAT 让数据包以宿主机的地址出去。",
  },
  question: {
    en: "Which way does a packet to the outside take, and which address does it carry when it leaves the container?",
    zh: "发往外部的数据包走哪条路？离开容器时带的是哪个源地址？",
  },
  answer: {
    en: "Through eth0 to the bridge, 10.200.1.1, with the container's own leased address; the NAT rule rewrites it when the packet leaves the host.",
    zh: "经 eth0 到网桥 10.200.1.1，源地址是容器分配到的地址；数据包离开宿主机时由 NAT 规则改写。",
  },
  experiment: {
    command: ["ip", "route", "get", "198.51.100.1"],
    shows: {
      en: "The default route: through the bridge, with the container's address.",
      zh: "默认路由：经过网桥，源地址是容器的地址。",
    },
  },
  without: {
    step: "interfaces",
    command: ["ip", "route", "get", "198.51.100.1"],
    shows: {
      en: "The cable is plugged in, but eth0 is down and has no address: there is no way out, not even to the bridge.",
      zh: "网线已插好，但 eth0 没有启用、没有地址：哪里也去不了，连网桥都到不了。",
    },
  },
};
