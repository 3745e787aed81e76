import { mount } from "../kernel/calls/mount.js";
import { MS_BIND, MS_REC } from "../kernel/constants/mount.js";
import { openRoot } from "./root-descriptor.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface RootMountFields {
  readonly root: Value<"path"> | Text;
}

/** Makes the root file system a mount point, as pivot_root demands. */
export const rootMount = defineStep<RootMountFields>({
  kind: "root-mount",
  where: "container",
  phase: "container",
  title: ({ root }) => ({ en: text`make ${root} a mount point`, zh: text`把 ${root} 变成挂载点` }),
  explanation: {
    en: {
      what: "Binds the directory onto itself. pivot_root swaps mounts, not directories, so the new root has to be one.",
      without: "pivot_root fails with EINVAL.",
    },
    zh: {
      what: "把目录 bind mount 到自身。pivot_root 交换的是挂载而不是目录，所以新的根必须是挂载点。",
      without: "pivot_root 会以 EINVAL 失败。",
    },
  },
  manual: ["mount(8)", "pivot_root(2)"],
  tools: () => ["mount"],
  effects: ({ root }) => [{ type: "mount", target: root as Text, lifetime: "container" }],
  lower: (_fields, container) => {
    const { builder, host } = container;
    const writer = builder.step("root_mount");
    writer.add(mount(host.root, host.root, null, MS_BIND | MS_REC, null));
    container.rootDescriptor = openRoot(writer, host.root);
  },
  undo: undefined,
});
