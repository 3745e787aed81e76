import { openat2 } from "../kernel/calls/file.js";
import { mountSetattr, moveMount, openTree } from "../kernel/calls/mount.js";
import {
  AT_EMPTY_PATH,
  AT_RECURSIVE,
  O_CLOEXEC,
  O_PATH,
  RESOLVE_IN_ROOT,
} from "../kernel/constants/file.js";
import {
  MOUNT_ATTR_RDONLY,
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import { defaultReadonlyPaths } from "../model/default-paths.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { kindInContainer } from "./kind-in-container.js";
import { rootDescriptor } from "./root-descriptor.js";
import { defineStep } from "./step.js";

export interface ReadonlyPathsFields {
  readonly root: Value<"path"> | Text;
  readonly paths: readonly string[];
}

/** Protects parts of /proc that change settings of the whole host. */
export const readonlyPaths = defineStep<ReadonlyPathsFields>({
  kind: "readonly-paths",
  where: "container",
  phase: "container",
  title: () => ({ en: "make kernel settings read-only", zh: "把内核设置改为只读" }),
  explanation: {
    en: {
      what: "Mounts each of these paths onto itself, read-only; the rest of /proc stays as it is. What else is mounted below keeps its own options.",
      without:
        "Root in the container changes kernel parameters of the host, interrupts, and by one letter in /proc/sysrq-trigger reboots it.",
    },
    zh: {
      what: "把这些路径各自挂载到自身并设为只读；/proc 的其余部分不变。其下的其他挂载保持各自的选项。",
      without:
        "容器里的 root 可以修改宿主机的内核参数和中断设置，往 /proc/sysrq-trigger 写一个字母就能让宿主机重启。",
    },
  },
  manual: ["proc(5)", "mount(8)"],
  tools: () => ["mount"],
  effects: ({ root, paths }) =>
    paths.map((each) => ({ type: "mount", target: text`${root}${each}`, lifetime: "container" })),
  perform: ({ paths }, host) => {
    // The kernel finds the others, and the way to those has no links.
    for (const each of paths) if (!defaultReadonlyPaths.includes(each)) kindInContainer(host, each);
  },
  lower: ({ paths }, container) => {
    const writer = container.builder.step("readonly_paths");
    const root = rootDescriptor(container, writer);
    for (const path of paths) {
      // What is missing has no descriptor, and what is done with that fails in one way only.
      const place = writer.add(
        openat2(root, path, { flags: O_PATH | O_CLOEXEC, resolve: RESOLVE_IN_ROOT }),
        { ignore: ["ENOENT", "ENOTDIR"] },
      );
      const missing = { ignore: ["EBADF"] as ["EBADF"] };
      const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE;
      const copy = writer.add(openTree(place, "", flags), missing);
      writer.add(mountSetattr(copy, "", AT_EMPTY_PATH, { set: MOUNT_ATTR_RDONLY }), missing);
      const empty = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
      writer.add(moveMount(copy, "", place, "", empty), missing);
    }
  },
  undo: undefined,
});
