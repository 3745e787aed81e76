import { openat, write } from "../kernel/calls/file.js";
import { AT_FDCWD, O_CLOEXEC, O_WRONLY } from "../kernel/constants/file.js";
import { cgroupDirectories, type CgroupPlace } from "./cgroup.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface CgroupJoinFields extends CgroupPlace {
  readonly controllers: readonly string[];
}

/** Moves the container's first process into its cgroup; everything it starts is born there. */
export const cgroupJoin = defineStep<CgroupJoinFields>({
  kind: "cgroup-join",
  where: "container",
  phase: "container",
  title: ({ group }) => ({ en: text`join the cgroup ${group}`, zh: text`加入 cgroup ${group}` }),
  explanation: {
    en: {
      what: "Writes 0, which means the writing process itself, into cgroup.procs (v2) or, thread by thread, tasks (v1). Children inherit the group.",
      without: "The limits stand in an empty group and apply to nobody.",
    },
    zh: {
      what: "向 cgroup.procs（v2）或 tasks（v1，按线程）写入 0，即写入者自己；它的子进程会继承所在的 cgroup。",
      without: "限制只存在于一个空的 cgroup 中，对谁都不生效。",
    },
  },
  manual: ["cgroups(7)"],
  tools: () => [],
  effects: () => [],
  lower: ({ group, controllers }, { builder, host }) => {
    // In cgroup v2 the container is born inside its group: clone3 takes the group's descriptor.
    if (host.cgroupVersion === 2) return;
    const writer = builder.step("cgroup_join");
    // tasks moves one thread, and one is all there is; cgroup.procs would hold up every fork on the host.
    for (const directory of cgroupDirectories(1, group, controllers)) {
      const file = writer.add(openat(AT_FDCWD, `${directory}/tasks`, O_WRONLY | O_CLOEXEC));
      writer.add(write(file, "0"));
    }
  },
  undo: undefined,
});
