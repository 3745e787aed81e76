import { mkdirat, openat2 } from "../kernel/calls/file.js";
import { mountSetattr, moveMount, openTree } from "../kernel/calls/mount.js";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  O_CLOEXEC,
  O_DIRECTORY,
  O_PATH,
  RESOLVE_IN_ROOT,
} from "../kernel/constants/file.js";
import {
  MOUNT_ATTR_NODEV,
  MOUNT_ATTR_NOEXEC,
  MOUNT_ATTR_NOSUID,
  MOUNT_ATTR_RDONLY,
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { cgroupDirectories, type CgroupPlace, cgroupRoot } from "./cgroup.js";
import { rootDescriptor } from "./root-descriptor.js";
import { defineStep } from "./step.js";
import { addTmpfs } from "./tmpfs.js";

export interface CgroupMountFields extends CgroupPlace {
  readonly root: Value<"path"> | Text;
  readonly controllers: readonly string[];
}

const harmless = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
const emptyPaths = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;

/** A read-only copy of the mount that a group lies in, of which only that group is seen. */
function addGroup(writer: StepWriter, directory: string): Result {
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
  const copy = writer.add(openTree(AT_FDCWD, directory, flags));
  writer.add(mountSetattr(copy, "", AT_EMPTY_PATH, { set: harmless | MOUNT_ATTR_RDONLY }));
  return copy;
}

/** Adds the system calls that mount a file system with a directory for each hierarchy of cgroup v1. */
function addHierarchies(
  writer: StepWriter,
  place: Result,
  groups: readonly { readonly controller: string; readonly directory: string }[],
): void {
  const made = addTmpfs(writer, { source: "tmpfs", mode: "0755" }, harmless);
  writer.add(moveMount(made, "", place, "", emptyPaths));
  for (const { controller, directory } of groups) {
    writer.add(mkdirat(made, controller, 0o755));
    writer.add(
      moveMount(addGroup(writer, directory), "", made, controller, MOVE_MOUNT_F_EMPTY_PATH),
    );
  }
  writer.add(mountSetattr(made, "", AT_EMPTY_PATH, { set: MOUNT_ATTR_RDONLY }));
}

/** Shows the container its own group and nothing above it. */
export const cgroupMount = defineStep<CgroupMountFields>({
  kind: "cgroup-mount",
  where: "container",
  phase: "container",
  title: ({ group }) => ({
    en: text`show the cgroup ${group} read-only`,
    zh: text`以只读方式显示 cgroup ${group}`,
  }),
  explanation: {
    en: {
      what: "Lays the container's own group over /sys/fs/cgroup, read-only; in cgroup v1, for each controller that limits it. Programs read their limits there, such as how much memory there is for them.",
      without:
        "/sys/fs/cgroup is empty, and programs that ask how much memory they may use see all of the host's.",
    },
    zh: {
      what: "把容器自己的 cgroup 以只读方式挂载到 /sys/fs/cgroup；cgroup v1 则为每个有限制的控制器各挂载一个。程序从这里读取自己的限制，例如可用内存有多少。",
      without: "/sys/fs/cgroup 是空的，程序查询可用内存时看到的是宿主机的全部内存。",
    },
  },
  manual: ["cgroups(7)", "cgroup_namespaces(7)"],
  tools: () => ["mount"],
  effects: ({ root }) => [
    { type: "mount", target: text`${root}${cgroupRoot}`, lifetime: "container" },
  ],
  lower: ({ group, controllers }, container) => {
    const writer = container.builder.step("cgroup_mount");
    const root = rootDescriptor(container, writer);
    const flags = O_PATH | O_CLOEXEC | O_DIRECTORY;
    const place = writer.add(openat2(root, cgroupRoot, { flags, resolve: RESOLVE_IN_ROOT }));
    const directories = cgroupDirectories(container.host.cgroupVersion, group, controllers);
    if (container.host.cgroupVersion === 2) {
      const [directory = ""] = directories;
      writer.add(moveMount(addGroup(writer, directory), "", place, "", emptyPaths));
      return;
    }
    const groups = controllers.map((controller, index) => ({
      controller,
      directory: directories[index] ?? "",
    }));
    addHierarchies(writer, place, groups);
  },
  undo: undefined,
});
