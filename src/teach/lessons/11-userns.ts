import type { Lesson } from "./lesson.js";

export const userns: Lesson = {
  name: "11-userns",
  title: { en: "Root that is nobody", zh: "只在容器里的 root" },
  concept: {
    en: "A user namespace gives ids a second meaning. Root inside is id 100000 of the host, which nobody has and which may do nothing: its capabilities hold for what its own namespaces own, and end there. So a user without any rights may start such a container, too.",
    zh: "user namespace 让 ID 有了第二种含义。容器里的 root 在宿主机上是 100000，这个 ID 不属于任何人，也没有任何权限：它的 capability 只对自己的 namespace 所拥有的东西有效。因此没有特权的普通用户也能启动这样的容器。",
  },
  question: {
    en: "This container is privileged and may mount file systems, set its host name and configure its loopback. Why may it still not change a kernel parameter such as vm.swappiness?",
    zh: "这个容器是特权容器，可以挂载文件系统、设置主机名、配置回环接口。为什么仍然不能修改 vm.swappiness 这样的内核参数？",
  },
  answer: {
    en: "That parameter belongs to no namespace but the first one: the file is root's of the host, and id 0 in here is another user to it.",
    zh: "这个参数不属于任何 namespace，只属于最初的那个：文件归宿主机的 root 所有，而容器里的 0 对它来说是另一个用户。",
  },
  experiment: {
    command: [
      "sh",
      "-c",
      "id -u; cat /proc/self/uid_map; hostname renamed && hostname; echo 1 >/proc/sys/vm/swappiness",
    ],
    shows: {
      en: "Root, and which id of the host that is; its own host name, which it may set; a setting of the host's, which it may not.",
      zh: "身份是 root，以及它在宿主机上的 ID；自己的主机名可以改；宿主机的设置改不了。",
    },
  },
  without: {
    step: "id_mappings",
    command: ["sh", "-c", "id -u"],
    shows: {
      en: "No id has a meaning yet, so there is no root to become, and the container is not built.",
      zh: "所有 ID 都还没有对应关系，也就没有 root 可用，容器无法建立。",
    },
  },
};
