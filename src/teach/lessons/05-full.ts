import type { Lesson } from "./lesson.js";

export const full: Lesson = {
  name: "05-full",
  title: { en: "The complete container", zh: "功能完整的容器" },
  concept: {
    en: "All of it together: namespaces, limits, network, name servers, and parameters, so that one script starts many containers, each with a name, a root file system and limits of its own.",
    zh: "全部结合：namespace、资源限制、网络、DNS，还有参数：一个脚本可以启动许多容器，各有自己的名称、rootfs 和限制。",
  },
  question: {
    en: "The root file system is shared by many containers. How can each have its own /etc/resolv.conf?",
    zh: "rootfs 由许多容器共用，怎样让每个容器有自己的 /etc/resolv.conf？",
  },
  answer: {
    en: "It is not written into the root file system: a file of the container's own is bind-mounted over it, in its mount namespace alone.",
    zh: "不写入 rootfs：把容器自己的文件 bind mount 到上面，只在它的 mount namespace 中可见。",
  },
  experiment: {
    command: ["cat", "/etc/resolv.conf"],
    shows: {
      en: "The name server of the config, and on standard error the welcome text.",
      zh: "配置中的 DNS 服务器；标准错误上是欢迎信息。",
    },
  },
  without: {
    step: "mount_etc_resolv_conf",
    command: ["sh", "-c", "grep -s nameserver /etc/resolv.conf || echo 'no name server'"],
    shows: {
      en: "The root file system has no such file, or the empty one that an earlier container was mounted over: names cannot be resolved.",
      zh: "rootfs 中没有这个文件，或只有之前的容器用作挂载点的空文件：域名无法解析。",
    },
  },
};
