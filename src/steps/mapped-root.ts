import { setgroups, setresgid, setresuid } from "../kernel/calls/credentials.js";
import { defineStep } from "./step.js";

/** Turns who built the container so far into root of its user namespace. */
export const mappedRoot = defineStep<object>({
  kind: "mapped-root",
  where: "container",
  phase: "container",
  shell: { name: "mapped", continues: false },
  title: () => ({
    en: "become root of the user namespace",
    zh: "成为 user namespace 中的 root",
  }),
  explanation: {
    en: {
      what: "The process still has the ids it was started with, which mean nothing in its user namespace. It takes user 0 and group 0 of the namespace and drops the groups of the host where it may: from here on it is, for the host, the user that root is mapped to, and whatever it makes belongs to that one.",
      without:
        "The container goes on as a user of the host that does not exist inside: no file can be created in its file systems.",
    },
    zh: {
      what: "进程仍带着启动时的 ID，而这些 ID 在它的 user namespace 中没有意义。它切换为 namespace 中的 0 号用户和 0 号组，并在允许时清除宿主机的附加组：从此在宿主机看来，它就是 root 所映射的那个用户，创建的一切都归该用户所有。",
      without: "容器继续以一个内部不存在的宿主机用户运行：无法在自己的文件系统中创建文件。",
    },
  },
  manual: ["user_namespaces(7)", "credentials(7)", "setpriv(1)"],
  tools: () => ["setpriv"],
  effects: () => [],
  lower: (_fields, { builder, host }) => {
    const writer = builder.step("mapped_root");
    if (host.idMaps?.setgroups !== false) writer.add(setgroups([]));
    writer.add(setresgid(0, 0, 0));
    writer.add(setresuid(0, 0, 0));
  },
  undo: undefined,
});
