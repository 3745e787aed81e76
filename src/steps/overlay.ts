import { mkdirSync } from "node:fs";
import { fchdir, mkdirat, symlinkat } from "../kernel/calls/file.js";
import { mount } from "../kernel/calls/mount.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { checkLayers } from "./check-layers.js";
import { openRoot } from "./root-descriptor.js";
import { defineStep, type Effect } from "./step.js";

export interface OverlayFields {
  readonly root: Value<"path"> | Text;
  /** The read-only layers, the lowest first. */
  readonly layers: readonly Value<"path">[];
  /** The directory in which the writable layer is kept; undefined where it is thrown away. */
  readonly kept: Value<"path"> | undefined;
  /** Options of the mount: layers go by their numbers. */
  readonly options: string;
  /** Whether who mounts it is root of a user namespace. */
  readonly ofUserNamespace: boolean;
}

/** The parts of a writable layer: what is written, and where overlayfs prepares that. */
export const writableParts = ["upper", "work"] as const;

/** Merges read-only layers and a writable one into the root file system. */
export const overlay = defineStep<OverlayFields>({
  kind: "overlay",
  where: "container",
  phase: "container",
  title: ({ root, layers, kept }) => ({
    en: text`merge ${counted(layers.length)} and ${kept === undefined ? "a writable one in memory" : "a writable one that is kept"} at ${root}`,
    zh: text`把 ${layers.length} 个只读层和一个${kept === undefined ? "内存中的" : "保留的"}可写层合并到 ${root}`,
  }),
  explanation: {
    en: {
      what: "An overlay shows several directories as one, a union file system: a file is looked for from the uppermost layer down, and the first that is found is seen. The layers are only read. The first change to a file copies it into the writable layer, and what is deleted gets a whiteout there that hides it. A file system in memory that only this container sees has a short name for each layer, so that their paths need not be written into the options of the mount, and the writable layer itself when that is not kept: it is gone with the container.",
      without: "There is no root file system: each layer is only a part of one.",
    },
    zh: {
      what: "overlay 把多个目录显示为一个，即联合文件系统（UnionFS）：查找文件时从最上层往下找，看到的是最先找到的那个。各层只读。文件第一次被修改时先复制到可写层（写时复制）；被删除的文件在可写层留下一个 whiteout 标记，把下层的文件遮住。只有本容器可见的内存文件系统为每一层提供一个短名称，这样挂载选项里不必写路径；可写层不保留时也放在其中，随容器一同消失。",
      without: "没有 rootfs：每一层都只是它的一部分。",
    },
  },
  manual: ["mount(8)", "mount(2)", "symlink(7)"],
  tools: () => ["ln", "mkdir", "mount"],
  effects: ({ root, layers, kept }) => {
    const shown = (type: Effect["type"], target: Value<"path"> | Text): Effect => ({
      ...{ type, target: target as string | Text, lifetime: "container" },
    });
    return [
      shown("mount", root),
      ...layers.map((layer) => shown("readable", layer)),
      ...(kept === undefined ? [] : [shown("writable", text`${kept}/upper`)]),
    ];
  },
  preflight: ({ layers, kept }) => {
    checkLayers(kept === undefined ? layers : [...layers, kept]);
  },
  perform: ({ root, layers, kept, ofUserNamespace }, host) => {
    if (!ofUserNamespace) mkdirSync(root);
    host.layers = {
      directories: [...(kept === undefined ? [] : [`${kept}/upper`]), ...layers.toReversed()],
      opaque: ofUserNamespace ? "user.overlay.opaque" : "trusted.overlay.opaque",
    };
  },
  lower: ({ root, layers, kept, options }, container) => {
    const writer = container.builder.step("overlay");
    writer.add(mount("tmpfs", root, "tmpfs", 0, "mode=0755"));
    const place = openRoot(writer, root);
    for (const [number, layer] of layers.entries())
      writer.add(symlinkat(layer, place, String(number)));
    for (const part of writableParts)
      writer.add(
        kept === undefined
          ? mkdirat(place, part, 0o755)
          : symlinkat(`${kept}/${part}`, place, part),
      );
    writer.add(fchdir(place));
    writer.add(mount("overlay", root, "overlay", 0, options));
    container.rootDescriptor = openRoot(writer, root);
  },
  undo: undefined,
});

const counted = (count: number) =>
  count === 1 ? "1 read-only layer" : `${count} read-only layers`;

/** The fields of a step, with overlayfs's options for its layers. */
export function overlayFields({
  ofUserNamespace,
  layers,
  ...fields
}: Omit<OverlayFields, "options">): OverlayFields {
  const lower = layers.map((_, number) => number).reverse();
  const options = `lowerdir=${lower.join(":")},upperdir=upper,workdir=work`;
  return {
    ...fields,
    layers,
    ofUserNamespace,
    // Root of a user namespace may not use the attributes that overlayfs usually notes things in.
    options: ofUserNamespace ? `userxattr,${options}` : options,
  };
}
