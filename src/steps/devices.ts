import { existsSync } from "node:fs";
import { fchdir, mkdirat, mknodat, symlinkat, umask as umaskCall } from "../kernel/calls/file.js";
import { mount as mountCall, mountSetattr, moveMount, openTree } from "../kernel/calls/mount.js";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_RECURSIVE,
  S_IFCHR,
  S_IFREG,
} from "../kernel/constants/file.js";
import {
  MOUNT_ATTR_NODEV,
  MOUNT_ATTR_NOSUID,
  MOUNT_ATTR_STRICTATIME,
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { containerDevices } from "../rootfs/layout.js";
import { deviceExplanation } from "./device-explanation.js";
import { HostProblem } from "./host.js";
import { mountFlagsOf } from "./mount-flags.js";
import { openMountPoint, prepareMountPoint } from "./mount-point.js";
import { rootDescriptor } from "./root-descriptor.js";
import { defineStep } from "./step.js";
import { addTmpfs } from "./tmpfs.js";

/** Where a container's devices are. */
export const deviceDirectory = "/dev";

/** What the terminal of the command is called there. */
const consoleName = "console";

/** A file system of the kernel's below /dev, and the options of mount(8). */
interface DeviceMount {
  readonly name: string;
  readonly type: "devpts" | "tmpfs" | "mqueue";
  readonly options: string;
}

export interface DevicesFields {
  readonly root: Value<"path"> | Text;
  readonly nodes: readonly {
    readonly name: string;
    readonly major: number;
    readonly minor: number;
  }[];
  /** Symbolic links, and where they lead; several that are named as what they lead to are made at once. */
  readonly links: readonly { readonly name: string; readonly target: string }[];
  readonly mounts: readonly DeviceMount[];
  /** Whether who builds it is root of a user namespace, who may make no device nodes. */
  readonly ofUserNamespace: boolean;
  /** The earlier mount that covers the mount point. */
  readonly within: string | undefined;
}

const treeFlags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;

/** Shows a device on a file of the same name: its mount lets it be opened, unlike all others there. */
function addNode(writer: StepWriter, from: Result | typeof AT_FDCWD, path: string, to: Result) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const tree = writer.add(openTree(from, path, treeFlags));
  writer.add(moveMount(tree, "", to, name, MOVE_MOUNT_F_EMPTY_PATH));
}

/** Adds the system calls that make the file system, and returns the descriptor of its root, once it is in place. */
function addFileSystem(writer: StepWriter, place: Result): Result {
  const options = { source: "tmpfs", mode: "0755", size: "65536k" };
  const made = addTmpfs(writer, options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_STRICTATIME);
  const empty = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
  writer.add(moveMount(made, "", place, "", empty));
  return made;
}

/** A /dev of the container's own, and no other device that can be opened. */
export const devices = defineStep<DevicesFields>({
  kind: "devices",
  where: "container",
  phase: "container",
  title: ({ root }) => ({
    en: text`make a /dev of its own in ${root}`,
    zh: text`在 ${root} 中创建独立的 /dev`,
  }),
  explanation: deviceExplanation,
  manual: ["mount(8)", "mknod(1)", "pts(4)", "mq_overview(7)"],
  tools: ({ ofUserNamespace }) => [
    "ln",
    "mkdir",
    ...(ofUserNamespace ? [] : (["mknod"] as const)),
    "mount",
    "rm",
    "tty",
  ],
  effects: ({ root, nodes, mounts, ofUserNamespace }) => [
    // The last one only where the command has a terminal.
    ...["", ...[...nodes, ...mounts, { name: consoleName }].map(({ name }) => `/${name}`)].map(
      (place) => ({
        type: "mount" as const,
        target: text`${root}${deviceDirectory}${place}`,
        lifetime: "container" as const,
      }),
    ),
    ...(ofUserNamespace ? nodes : []).map(({ name }) => ({
      type: "writable" as const,
      target: `${deviceDirectory}/${name}`,
      lifetime: "container" as const,
    })),
  ],
  hasPreflight: ({ ofUserNamespace }) => ofUserNamespace,
  preflight: ({ nodes }) => {
    for (const { name } of nodes) {
      const path = `${deviceDirectory}/${name}`;
      if (!existsSync(path)) throw new HostProblem("mount-source-missing", { path });
    }
  },
  perform: (_fields, host) => {
    prepareMountPoint(host, deviceDirectory, "directory");
    host.findTerminal();
  },
  lower: ({ nodes, links, mounts, ofUserNamespace, within }, container) => {
    const writer = container.builder.step("devices");
    const root = rootDescriptor(container, writer);
    const noDevices = { set: MOUNT_ATTR_NODEV };
    writer.add(mountSetattr(root, "", AT_EMPTY_PATH | AT_RECURSIVE, noDevices));
    const place = openMountPoint(container, writer, {
      path: deviceDirectory,
      kind: "directory",
      within,
    });
    const made = addFileSystem(writer, place);
    writer.add(umaskCall(0));
    for (const { name, ...device } of nodes) {
      writer.add(
        ofUserNamespace
          ? mknodat(made, name, S_IFREG | 0o666)
          : mknodat(made, name, S_IFCHR | 0o666, device),
      );
      if (ofUserNamespace) addNode(writer, AT_FDCWD, `${deviceDirectory}/${name}`, made);
      else addNode(writer, made, name, made);
    }
    writer.add(umaskCall(0o022));
    for (const { name, target } of links) writer.add(symlinkat(target, made, name));
    writer.add(fchdir(made));
    for (const { name, type, options } of mounts) {
      writer.add(mkdirat(made, name, 0o755));
      const split = mountFlagsOf(options);
      writer.add(mountCall(type, name, type, split.flags, split.data));
    }
    const { terminal } = container.host;
    if (terminal !== undefined) {
      writer.add(mknodat(made, consoleName, S_IFREG | 0o600));
      const tree = writer.add(openTree(AT_FDCWD, terminal, treeFlags));
      writer.add(moveMount(tree, "", made, consoleName, MOVE_MOUNT_F_EMPTY_PATH));
    }
    writer.add(mountSetattr(made, "", AT_EMPTY_PATH, noDevices));
  },
  undo: undefined,
});

/** The group that terminals belong to. */
const terminalGroup = 5;

export interface DevicesOptions {
  readonly root: DevicesFields["root"];
  readonly ofUserNamespace: boolean;
  readonly within: DevicesFields["within"];
  /** Whether it has message queues of its own to show. */
  readonly ownQueues: boolean;
  /** Whether a group is one of the container's. */
  readonly hasGroup: (id: number) => boolean;
}

/** What Docker gives a container. */
export function devicesFields({ ownQueues, hasGroup, ...options }: DevicesOptions): DevicesFields {
  const group = hasGroup(terminalGroup) ? `,gid=${String(terminalGroup)}` : "";
  return {
    ...options,
    nodes: containerDevices,
    links: [
      { name: "fd", target: "/proc/self/fd" },
      { name: "stdin", target: "/proc/self/fd/0" },
      { name: "stdout", target: "/proc/self/fd/1" },
      { name: "stderr", target: "/proc/self/fd/2" },
      { name: "ptmx", target: "pts/ptmx" },
    ],
    mounts: [
      {
        name: "pts",
        type: "devpts",
        options: `nosuid,noexec,newinstance,ptmxmode=0666,mode=0620${group}`,
      },
      { name: "shm", type: "tmpfs", options: "nosuid,nodev,noexec,mode=1777,size=65536k" },
      ...(ownQueues
        ? [{ name: "mqueue", type: "mqueue" as const, options: "nosuid,nodev,noexec" }]
        : []),
    ],
  };
}
