import { closeSync, mkdirSync } from "node:fs";
import { mknodat } from "../kernel/calls/file.js";
import {
  fsconfigCreate,
  fsconfigString,
  fsmount,
  fsopen,
  mount as mountCall,
  moveMount,
  openTree,
} from "../kernel/calls/mount.js";
import { AT_FDCWD, S_IFREG } from "../kernel/constants/file.js";
import {
  MOVE_MOUNT_F_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import { performSystemCall } from "../kernel/libc.js";
import { placeholder } from "../kernel/system-call.js";
import { addCopies, listTree } from "./copy-tree.js";
import { CommandFailure, HostProblem } from "./host.js";
import { openRoot } from "./root-descriptor.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { deviceNodes, directories, group, passwd } from "../rootfs/layout.js";
import { RootfsError } from "../rootfs/rootfs-error.js";
import { defineStep } from "./step.js";

export interface RootBuildFields {
  readonly root: Value<"path"> | Text;
  /** Commands of the host to copy when there is no static busybox that has them. */
  readonly commands: readonly string[];
  readonly directories: readonly string[];
  /** None when a /dev of the container's own covers them. */
  readonly devices: readonly {
    readonly name: string;
    readonly major: number;
    readonly minor: number;
  }[];
  /** Whether who builds it is root of a user namespace, who may make no device nodes. */
  readonly ofUserNamespace: boolean;
  readonly passwd: string;
  readonly group: string;
}

/** The launcher's descriptor of the file system. */
const rootMountDescriptor = placeholder("rootMount");

/** A minimal root file system from the host's own commands, in memory, for the life of the container. */
export const rootBuild = defineStep<RootBuildFields>({
  kind: "root-build",
  where: "container",
  phase: "container",
  title: ({ root }) => ({
    en: text`make a minimal root file system at ${root}`,
    zh: text`在 ${root} 构建最小 rootfs`,
  }),
  explanation: {
    en: {
      what: "Mounts an empty file system in memory that only this container sees, copies a static busybox, which brings some three hundred commands in one file, or else the commands asked for with the libraries that ldd names, and adds the directories, devices and accounts that programs expect.",
      without: "There is nothing to run, and nothing to be root of.",
    },
    zh: {
      what: "挂载一个只有本容器可见的内存文件系统，复制静态链接的 busybox（一个文件包含约三百个命令）；没有时复制指定的命令以及 ldd 列出的库，并创建程序所需的目录、设备和账户文件。",
      without: "没有可运行的程序，也没有可切换的根目录。",
    },
  },
  manual: ["busybox(1)", "ldd(1)"],
  tools: () => ["chmod", "chroot", "cp", "env", "ldd", "ln", "mkdir", "mknod", "mount", "realpath"],
  effects: ({ root }) => [{ type: "mount", target: root as Text, lifetime: "container" }],
  // The file system is made and filled before the container exists, attached nowhere; nobody else sees it.
  perform: async ({ root, commands, devices, ofUserNamespace }, host) => {
    // Most containers have a root file system, and need none of this.
    const { populateRootfs } = await import("../rootfs/host/populate.js");
    if (ofUserNamespace) host.rootTree = () => listTree(root);
    else {
      mkdirSync(root);
      host.rootMount = memoryFileSystem();
    }
    const place =
      host.rootMount === undefined
        ? root
        : `/proc/${String(process.pid)}/fd/${String(host.rootMount)}`;
    await populateRootfs(place, { commands, devices }).catch((error: unknown) => {
      throw error instanceof RootfsError ? problemOf(error) : error;
    });
  },
  lower: ({ root, devices, ofUserNamespace }, container) => {
    const writer = container.builder.step("root_build");
    if (!ofUserNamespace) {
      writer.add(moveMount(rootMountDescriptor, "", AT_FDCWD, root, MOVE_MOUNT_F_EMPTY_PATH));
      container.rootDescriptor = openRoot(writer, root);
      return;
    }
    // A file system belongs to the user namespace it is mounted in, so the container mounts this one itself and
    // copies what is below.
    const source = openRoot(writer, root);
    writer.add(mountCall("tmpfs", root, "tmpfs", 0, rootMode));
    const target = openRoot(writer, root);
    container.rootDescriptor = target;
    addCopies(writer, container.host.rootTree?.() ?? [], source, target);
    for (const { name } of devices) {
      const node = `dev/${name}`;
      writer.add(mknodat(target, node, S_IFREG | 0o644));
      const tree = writer.add(openTree(AT_FDCWD, `/${node}`, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
      writer.add(moveMount(tree, "", target, node, MOVE_MOUNT_F_EMPTY_PATH));
    }
  },
  undo: undefined,
});

/** What a script says about it. */
function problemOf(error: RootfsError): Error {
  const { command, status } = error.values;
  return error.code === "rootfs-tool-failed"
    ? new CommandFailure(command ?? "", Number(status))
    : new HostProblem(error.code, error.values, { cause: error });
}

const rootMode = "mode=0755";

/** A descriptor of a new file system in memory. */
function memoryFileSystem(): number {
  const configuration = performSystemCall(fsopen("tmpfs"));
  try {
    performSystemCall(fsconfigString(configuration, "mode", "0755"));
    performSystemCall(fsconfigString(configuration, "source", "tmpfs"));
    performSystemCall(fsconfigCreate(configuration));
    return performSystemCall(fsmount(configuration, 0));
  } finally {
    closeSync(configuration);
  }
}

/** The fields of a step for a root file system of this host's commands. */
export const rootBuildFields = (
  root: Value<"path"> | Text,
  commands: readonly string[],
  { ofUserNamespace, ownDevices }: { ofUserNamespace: boolean; ownDevices: boolean },
): RootBuildFields => ({
  root,
  commands,
  ofUserNamespace,
  directories,
  devices: ownDevices ? [] : deviceNodes,
  passwd: passwd.trimEnd(),
  group: group.trimEnd(),
});
