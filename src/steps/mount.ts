import { existsSync, statSync } from "node:fs";
import { fchdir } from "../kernel/calls/file.js";
import { mount as mountCall, mountSetattr, moveMount, openTree } from "../kernel/calls/mount.js";
import { AT_EMPTY_PATH, AT_FDCWD, AT_RECURSIVE } from "../kernel/constants/file.js";
import {
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { HostProblem } from "./host.js";
import type { Known } from "./known.js";
import { mountExplanations } from "./mount-explanations.js";
import { mountAttributesOf, mountFlagsOf } from "./mount-flags.js";
import { type MountPointKind, openMountPoint, prepareMountPoint } from "./mount-point.js";
import { defineStep, type Effect } from "./step.js";

export interface MountFields {
  readonly root: Value<"path"> | Text;
  /** Path inside the container. */
  readonly destination: string;
  readonly type: "proc" | "sysfs" | "tmpfs" | "bind";
  /** What appears there: a file or directory of the host for a bind mount, else a name for mountinfo. */
  readonly source: Value<"path"> | Text;
  /** Mount options as mount(8) takes them, such as `nosuid,nodev`; for a bind mount those that change it. */
  readonly options: string;
  /** Options for every mount that comes along with a bind mount. */
  readonly recursiveOptions: string;
  /** Whether the mounts below a directory come along. */
  readonly tree: boolean;
  /** What is mounted, and what the mount point is made as; "unknown" until the source is looked at. */
  readonly target: MountPointKind | "unknown";
  /** Whether the source is the host's own, and not made for the container. */
  readonly exposed: boolean;
  /** Whether it is left out where its source is not there. */
  readonly optional: boolean;
  /** The earlier mount that covers the mount point: what lies there is not the root file system's. */
  readonly within: string | undefined;
}

/** What a bind mount of the host's own lets the container do. */
function exposure({ source, options, recursiveOptions, tree, exposed }: MountFields): Effect[] {
  if (!exposed) return [];
  const readOnly = (names: string) => names.split(",").includes("ro");
  const all = readOnly(recursiveOptions) || (readOnly(options) && !tree);
  const target = source as string | Text;
  return [{ type: all ? "readable" : "writable", target, lifetime: "container" }];
}

/** Adds the system calls that lay a file or directory of the host over a place. */
function addBind(writer: StepWriter, place: Result, fields: Known<MountFields>): void {
  const { source, options, recursiveOptions, tree } = fields;
  const recursive = tree ? AT_RECURSIVE : 0;
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursive;
  const copy = writer.add(openTree(AT_FDCWD, source, flags));
  if (options !== "") writer.add(mountSetattr(copy, "", AT_EMPTY_PATH, mountAttributesOf(options)));
  if (recursiveOptions !== "") {
    const attributes = mountAttributesOf(recursiveOptions);
    writer.add(mountSetattr(copy, "", AT_EMPTY_PATH | AT_RECURSIVE, attributes));
  }
  const empty = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
  writer.add(moveMount(copy, "", place, "", empty));
}

/** Mounts a file system inside the container, or shows a part of the host's there. */
export const mount = defineStep<MountFields>({
  kind: "mount",
  where: "container",
  phase: "container",
  title: ({ type, source, destination }) => ({
    en: text`mount ${type === "bind" ? source : type} at ${destination}`,
    zh: text`把 ${type === "bind" ? source : type} 挂载到 ${destination}`,
  }),
  explanation: ({ type, exposed, tree }) =>
    mountExplanations[exposed ? "exposed" : tree ? "shown" : type],
  manual: ["mount(8)", "mount_namespaces(7)"],
  tools: () => ["mkdir", "mount", "readlink"],
  effects: (fields) => [
    {
      type: "mount",
      target: text`${fields.root}${fields.destination}`,
      lifetime: "container",
    },
    ...exposure(fields),
  ],
  hasPreflight: ({ exposed }) => exposed,
  preflight: ({ source }) => {
    if (!existsSync(source)) throw new HostProblem("mount-source-missing", { path: source });
  },
  perform: ({ destination, type, source, target, optional }, host) => {
    if (optional && !existsSync(source)) {
      host.leftOut.add(destination);
      return;
    }
    const found = () => (statSync(source).isDirectory() ? "directory" : "file");
    const kind = target === "unknown" ? found() : target;
    const shows = { proc: "/proc", sysfs: "/sys", tmpfs: undefined, bind: source }[type];
    prepareMountPoint(host, destination, kind, shows);
  },
  lower: (fields, container) => {
    const { destination, type, source, options, target, within } = fields;
    if (container.host.leftOut.has(destination)) return;
    const writer = container.builder.step(`mount_${destination}`);
    const kind = target === "file" ? target : "directory";
    const place = openMountPoint(container, writer, { path: destination, kind, within });
    if (type === "bind") {
      addBind(writer, place, fields);
      return;
    }
    const { flags, data } = mountFlagsOf(options);
    writer.add(fchdir(place));
    writer.add(mountCall(source, ".", type, flags, data));
  },
  undo: undefined,
});
