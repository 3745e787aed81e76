import type { Lesson } from "./lesson.js";

export const join: Lesson = {
  name: "13-join",
  title: { en: "Sharing a network", zh: "共用网络" },
  concept: {
    en: "Every namespace is chosen by itself. A container can have its own processes, files and host name, and enter the network namespace of another: both then have the same eth0, the same address and the same 127.0.0.1. That is how the containers of a Kubernetes pod are one host to the network.",
    zh: "每种 namespace 都可以单独选择。容器可以有自己的进程、文件和主机名，却进入另一个容器的 network namespace：两者的 eth0、地址和 127.0.0.1 完全相同。Kubernetes 的 pod 就是这样让几个容器在网络上成为一台主机的。",
  },
  question: {
    en: "The first container serves a page at port 80. What does the second get from 127.0.0.1, and can it serve a page of its own at that port?",
    zh: "第一个容器在 80 端口提供网页。第二个容器访问 127.0.0.1 会得到什么？它能在同一端口提供自己的网页吗？",
  },
  answer: {
    en: "It gets the page of the first: 127.0.0.1 is the same interface. Ports belong to the network namespace too, so this one is taken; processes of two containers compete for ports like those of one host.",
    zh: "得到第一个容器的网页，因为 127.0.0.1 就是同一个接口。端口也属于 network namespace，所以已被占用；两个容器的进程像同一台主机上的进程一样争用端口。",
  },
  experiment: {
    prepare: [
      "cooper compile 04-network -o 04-network.sh",
      `./04-network.sh -q -- sh -c 'mkdir /tmp/www; echo "the page of the first" >/tmp/www/index.html; httpd -p 80 -h /tmp/www; echo ready; sleep 600' &`,
    ],
    command: ["sh", "-c", "wget -q -O - http://127.0.0.1/; httpd -f -p 80"],
    shows: {
      en: "The second container reads the page of the first, and cannot listen where that one does.",
      zh: "第二个容器读到第一个容器的网页，但无法监听对方正在监听的端口。",
    },
  },
  without: {
    step: "mount_etc_hosts",
    command: ["grep", "net-container", "/etc/hosts"],
    shows: {
      en: "The network is shared all the same, but names are looked up in a file: without the first one's own hosts file, its name means nothing here.",
      zh: "网络照样共用，但名称要到文件里查：没有第一个容器的 hosts 文件，它的名称在这里就没有意义。",
    },
  },
};
