import { mkdirSync } from "node:fs";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import type { MountFields } from "./mount.js";
import { defineStep } from "./step.js";

export interface MountPointsFields {
  readonly root: Value<"path"> | Text;
  /** Whether the container mounts its root file system itself: the mount point of that is all that is needed then. */
  readonly built: boolean;
  /** Paths inside the container, and what the mount points are made as. */
  readonly points: readonly Pick<MountFields, "destination" | "source" | "target">[];
}

/** Makes what is to be mounted on while the host's root does it: root of a user namespace may not write there. */
export const mountPoints = defineStep<MountPointsFields>({
  kind: "mount-points",
  where: "host",
  phase: "start",
  title: ({ root, built }) =>
    built
      ? { en: text`make the directory ${root}`, zh: text`创建目录 ${root}` }
      : {
          en: text`make missing mount points in ${root}`,
          zh: text`在 ${root} 中创建缺少的挂载点`,
        },
  explanation: {
    en: {
      what: "A file system is mounted on a directory or file that is there already. What is missing is made now, by whoever starts the container: once it runs in its user namespace, it is a user who may not write there.",
      without: "Where a mount point is missing, the container fails with “Permission denied”.",
    },
    zh: {
      what: "文件系统只能挂载到已有的目录或文件上。缺少的挂载点现在由启动者创建：进入 user namespace 之后，容器只是一个无权在那里写入的用户。",
      without: "缺少挂载点时，容器会以 “Permission denied” 失败。",
    },
  },
  manual: ["mount(8)", "user_namespaces(7)"],
  needsRoot: false,
  tools: () => ["mkdir"],
  effects: () => [],
  // Without a script it is the launcher that makes mount points, always: see the steps that mount something.
  perform: ({ root, built }) => {
    if (built) mkdirSync(root);
  },
  undo: undefined,
});
