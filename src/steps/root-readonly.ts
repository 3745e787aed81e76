import { mountSetattr } from "../kernel/calls/mount.js";
import { AT_EMPTY_PATH } from "../kernel/constants/file.js";
import { MOUNT_ATTR_RDONLY } from "../kernel/constants/mount.js";
import { text } from "../model/param.js";
import type { RootFields } from "./pivot-root.js";
import { rootDescriptor } from "./root-descriptor.js";
import { defineStep } from "./step.js";

/** Makes the root file system read-only, when all that is mounted in it has its place. */
export const rootReadonly = defineStep<RootFields>({
  kind: "root-readonly",
  where: "container",
  phase: "container",
  title: ({ root }) => ({ en: text`make ${root} read-only`, zh: text`把 ${root} 设为只读` }),
  explanation: {
    en: {
      what: "Remounts the root read-only, for this container alone: the directory itself stays writable for the host. What is mounted inside, such as /tmp or a volume, keeps its own options.",
      without:
        "The container changes the root file system it was given, and whoever uses the same directory gets the changes.",
    },
    zh: {
      what: "把根重新挂载为只读，只对这个容器生效：宿主机仍可写入该目录。容器内的其他挂载（例如 /tmp 或数据卷）保持各自的选项。",
      without: "容器会修改交给它的 rootfs，使用同一目录的其他容器也会看到这些修改。",
    },
  },
  manual: ["mount(8)", "mount_setattr(2)"],
  tools: () => ["mount"],
  effects: () => [],
  lower: (_fields, container) => {
    const writer = container.builder.step("root_readonly");
    const root = rootDescriptor(container, writer);
    writer.add(mountSetattr(root, "", AT_EMPTY_PATH, { set: MOUNT_ATTR_RDONLY }));
  },
  undo: undefined,
});
