import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { makeDirectories } from "../rootfs/make-directories.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { defineStep } from "./step.js";

/** Where volumes lie; what root of a container leaves there is not for the host's other users to run. */
export const volumeDirectory = "/var/lib/cooper/volumes";

export interface VolumeFields {
  readonly name: Value<"name">;
  readonly directory: Text;
}

/** A directory that outlives the container. */
export const volume = defineStep<VolumeFields>({
  kind: "volume",
  where: "host",
  phase: "storage",
  title: ({ name }) => ({ en: text`find the volume ${name}`, zh: text`准备数据卷 ${name}` }),
  explanation: {
    en: {
      what: "Makes the volume's directory unless an earlier container has. It belongs to no container: whoever names the volume again finds what is in there. Only root may enter the directory of all volumes, because a container may leave programs in its volume that run with root's rights.",
      without: "There is nothing to mount: what the container writes is gone with it.",
    },
    zh: {
      what: "创建数据卷的目录；之前的容器已经创建过就直接使用。数据卷不属于任何容器：再次使用同名数据卷就能看到其中的内容。存放数据卷的目录只有 root 能进入，因为容器可能在数据卷里留下以 root 权限运行的程序。",
      without: "没有可挂载的目录：容器写入的内容会随容器消失。",
    },
  },
  manual: ["mkdir(1)"],
  tools: () => ["mkdir"],
  effects: ({ directory }) => [{ type: "directory", target: directory, lifetime: "stays" }],
  perform: ({ directory }) => {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
    makeDirectories(path.dirname(volumeDirectory));
    if (!existsSync(volumeDirectory)) mkdirSync(volumeDirectory, { mode: 0o700 });
    makeDirectories(directory);
  },
  undo: undefined,
});

/** The fields of a step for the volume of a name. */
export const volumeFields = (name: Value<"name">): VolumeFields => ({
  name,
  directory: text`${volumeDirectory}/${name}`,
});
