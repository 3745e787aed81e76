import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statfsSync,
} from "node:fs";
import { tryLock, unlock } from "../kernel/file-lock.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { checkLayers } from "./check-layers.js";
import { HostProblem } from "./host.js";
import { writableParts } from "./overlay.js";
import { defineStep } from "./step.js";

export interface WritableLayerFields {
  readonly path: Value<"path">;
  /** Who root of the container is on the host, as chown(1) has it, where it is another one; only root can give him the layer. */
  readonly owner: Text | undefined;
  /** File systems that cannot hold it, by the names that stat(1) has for them. */
  readonly unsuitable: readonly string[];
}

/** File systems that overlayfs cannot write to, and their numbers; see statfs(2). */
const unsuitable: Readonly<Record<string, number>> = {
  overlayfs: 0x794c7630,
  nfs: 0x6969,
  cifs: 0xff534d42,
  smb2: 0xfe534d42,
  v9fs: 0x01021997,
  msdos: 0x4d44,
  exfat: 0x2011bab0,
};

/** The directory that keeps what containers write, for one of them at a time. */
export const writableLayer = defineStep<WritableLayerFields>({
  kind: "writable-layer",
  where: "host",
  phase: "storage",
  title: ({ path }) => ({
    en: text`take the writable layer ${path}`,
    zh: text`占用可写层 ${path}`,
  }),
  explanation: {
    en: {
      what: "The directory keeps what containers write over the read-only layers, in upper; overlayfs prepares its changes in work, which lies on the same file system so that they need only be renamed. The kernel does not say what happens when two overlays write to one directory, so it is locked as long as the container runs.",
      without:
        "There is no upper or work directory to mount with; and a second container with the same layer would damage what the first writes.",
    },
    zh: {
      what: "这个目录保存容器在只读层之上写入的内容：内容在 upper 中；overlayfs 先在 work 中准备修改，两者位于同一文件系统，只需改名即可生效。两个 overlay 写同一个目录的结果是未定义的，所以容器运行期间一直锁住它。",
      without:
        "没有可供挂载的 upper 和 work 目录；使用同一可写层的另一个容器会破坏第一个容器写入的内容。",
    },
  },
  manual: ["mount(8)", "flock(1)", "flock(2)"],
  needsRoot: false,
  tools: ({ owner }) => [
    "flock",
    "mkdir",
    "stat",
    ...(owner === undefined ? [] : (["chown"] as const)),
  ],
  effects: ({ path }) =>
    writableParts.map((part) => ({
      type: "directory",
      target: text`${path}/${part}`,
      lifetime: "stays",
    })),
  preflight: ({ path }) => {
    checkLayers([path]);
    const { type: number } = statfsSync(path);
    const type = Object.keys(unsuitable).find((name) => unsuitable[name] === number);
    if (type !== undefined) throw new HostProblem("layer-file-system", { path, type });
  },
  perform: ({ path, owner }, host) => {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    host.undo(() => {
      // Another container that is being started has the descriptor, too, until it executes its command.
      unlock(descriptor);
      closeSync(descriptor);
    });
    if (!tryLock(descriptor)) throw new HostProblem("layer-in-use", { path });
    for (const directory of writableParts.map((part) => `${path}/${part}`)) {
      if (existsSync(directory)) continue;
      mkdirSync(directory);
      if (owner !== undefined && process.geteuid?.() === 0) {
        const [user, group] = owner.split(":").map(Number) as [number, number];
        chownSync(directory, user, group);
      }
    }
  },
  undo: undefined,
});

/** The fields of a step, with the file systems that cannot hold the layer. */
export const writableLayerFields = (
  fields: Omit<WritableLayerFields, "unsuitable">,
): WritableLayerFields => ({ ...fields, unsuitable: Object.keys(unsuitable) });
