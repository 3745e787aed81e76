import { unshare } from "../kernel/calls/namespace.js";
import { CLONE_NEWCGROUP } from "../kernel/constants/clone.js";
import { defineStep } from "./step.js";

/** Makes the group that the process is in the root of all groups it sees. */
export const cgroupNamespace = defineStep<object>({
  kind: "cgroup-namespace",
  where: "container",
  phase: "command",
  title: () => ({ en: "unshare the cgroup namespace", zh: "创建独立的 cgroup namespace" }),
  explanation: {
    en: {
      what: "Makes the cgroup that the process is in the root of all that it sees; hence only now, when it has joined its own.",
      without: "/proc/self/cgroup tells the container where it stands among the host's groups.",
    },
    zh: {
      what: "让进程所在的 cgroup 成为它看到的根；所以要等加入自己的 cgroup 之后才做。",
      without: "容器可以从 /proc/self/cgroup 看到自己在宿主机 cgroup 层级中的位置。",
    },
  },
  manual: ["cgroup_namespaces(7)", "unshare(1)"],
  tools: () => ["unshare"],
  effects: () => [],
  lower: (_fields, { builder }) => {
    builder.step("cgroup_namespace").add(unshare(CLONE_NEWCGROUP));
  },
  undo: undefined,
});
