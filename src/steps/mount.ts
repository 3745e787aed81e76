import path from "node:path";
import { fchdir, mkdirat, mknodat, openat2 } from "../kernel/calls/file.js";
import { mount as mountCall, moveMount, openTree } from "../kernel/calls/mount.js";
import {
  AT_FDCWD,
  AT_RECURSIVE,
  O_CLOEXEC,
  O_DIRECTORY,
  O_PATH,
  RESOLVE_IN_ROOT,
  S_IFREG,
} from "../kernel/constants/file.js";
import {
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { makeMountPoint } from "./resolve-in-root.js";
import { rootDescriptor } from "./root-descriptor.js";
import { text } from "../model/param.js";
import type { Language } from "../model/language.js";
import type { Text, Value } from "../model/value.js";
import { defineStep, type Explanation } from "./step.js";

export interface MountFields {
  readonly root: Value<"path"> | Text;
  /** Path inside the container. */
  readonly destination: string;
  readonly type: "proc" | "sysfs" | "tmpfs" | "bind";
  /** What appears there: a file of the host for a bind mount, else a name for mountinfo. */
  readonly source: string | Text;
  /** Mount options as mount(8) takes them, such as `nosuid,nodev`; of a bind mount `rbind` or none. */
  readonly options: string;
  /** What the mount point is made as when the root file system lacks it. */
  readonly target: "directory" | "file";
  /** The earlier mount that covers the mount point: what lies there is not the root file system's. */
  readonly within: Pick<MountFields, "destination" | "type"> | undefined;
}

/** Splits mount options as mount(8) does: flags of mount(2), and the rest for the file system. */
export function parseMountOptions(options: string): { flags: number; data: string | null } {
  const names = options.split(",").filter(Boolean);
  const data = names.filter((name) => !Object.hasOwn(optionFlags, name)).join(",");
  return {
    flags: names.reduce((bits, name) => bits | (optionFlags[name] ?? 0), 0),
    data: data === "" ? null : data,
  };
}

const optionFlags: Readonly<Record<string, number>> = {
  ro: MS_RDONLY,
  nosuid: MS_NOSUID,
  nodev: MS_NODEV,
  noexec: MS_NOEXEC,
};

const explanations: Record<MountFields["type"] | "rbind", Record<Language, Explanation>> = {
  proc: {
    en: {
      what: "Shows the processes of the pid namespace it is mounted from, hence from inside.",
      without: "ps and top find no processes, or worse, those of the host.",
    },
    zh: {
      what: "proc 显示的是挂载者所在 pid namespace 的进程，所以要在容器内挂载。",
      without: "ps、top 看不到进程，或者更糟，看到宿主机的进程。",
    },
  },
  sysfs: {
    en: {
      what: "Shows devices and kernel settings; its network part is that of the network namespace it is mounted from.",
      without: "Tools that look at interfaces, block devices or cgroups find an empty /sys.",
    },
    zh: {
      what: "显示设备和内核设置；其中网络部分属于挂载者所在的 network namespace。",
      without: "查看网络接口、块设备或 cgroup 的工具只会看到空的 /sys。",
    },
  },
  tmpfs: {
    en: {
      what: "An empty file system in memory, gone with the container and charged to its memory limit.",
      without:
        "Temporary files land in the root file system, where other containers that share it see them.",
    },
    zh: {
      what: "内存中的空文件系统，随容器消失，占用计入容器的内存限制。",
      without: "临时文件会写进 rootfs，共用它的其他容器都能看到。",
    },
  },
  bind: {
    en: {
      what: "Lays a file of the host over a path of the container; the root file system itself stays untouched.",
      without:
        "The file would have to be written into the root file system, which other containers may share.",
    },
    zh: {
      what: "把宿主机的文件覆盖到容器内的路径上；rootfs 本身不受影响。",
      without: "只能把文件写进 rootfs，而 rootfs 可能由多个容器共享。",
    },
  },
  rbind: {
    en: {
      what: "Lays a directory of the host, with everything that is mounted below it, over a path of the container: what it shows is the host's.",
      without:
        "The container shares what the directory tells about with the host, and would not see it.",
    },
    zh: {
      what: "把宿主机的目录连同其下的所有挂载一起覆盖到容器内的路径上：看到的就是宿主机的内容。",
      without: "容器与宿主机共用这个目录所反映的资源，却看不到它们。",
    },
  },
};

interface MountPoint {
  /** Where the empty file system has been mounted. */
  readonly directory: string;
  /** The way from there, part by part. */
  readonly below: readonly string[];
  readonly target: MountFields["target"];
}

/** Makes a mount point in a file system that is empty but for other mount points: it has no links to follow. */
function addMountPoint(
  writer: StepWriter,
  root: Result,
  { directory, below, target }: MountPoint,
): void {
  const flags = O_PATH | O_CLOEXEC | O_DIRECTORY;
  const start = writer.add(openat2(root, directory, { flags, resolve: RESOLVE_IN_ROOT }));
  below.forEach((_, index) => {
    const place = below.slice(0, index + 1).join("/");
    const make =
      target === "file" && index === below.length - 1
        ? mknodat(start, place, S_IFREG | 0o644)
        : mkdirat(start, place, 0o755);
    writer.add(make, { ignore: ["EEXIST"] });
  });
}

/** Mounts a file system inside the container. */
export const mount = defineStep<MountFields>({
  kind: "mount",
  where: "container",
  phase: "container",
  title: ({ type, destination }) => ({
    en: text`mount ${type} at ${destination}`,
    zh: text`把 ${type} 挂载到 ${destination}`,
  }),
  explanation: ({ type }) => explanations[type],
  manual: ["mount(8)", "mount_namespaces(7)"],
  tools: () => ["mount", "mkdir"],
  effects: ({ root, destination }) => [
    { type: "mount", target: text`${root}${destination}`, lifetime: "container" },
  ],
  perform: ({ destination, target, within }, { root, rootMount }) => {
    if (within !== undefined) return;
    // A root file system that is made for this container is not in place yet.
    const place = rootMount === undefined ? root : `/proc/self/fd/${String(rootMount)}`;
    makeMountPoint(place, destination, target);
  },
  lower: ({ destination, type, source, options, target, within }, container) => {
    const writer = container.builder.step(`mount_${destination}`);
    if (within?.type === "tmpfs")
      addMountPoint(writer, rootDescriptor(container, writer), {
        directory: within.destination,
        below: path.posix.relative(within.destination, destination).split("/"),
        target,
      });
    const place = writer.add(
      openat2(rootDescriptor(container, writer), destination, {
        flags: O_PATH | O_CLOEXEC | (target === "directory" ? O_DIRECTORY : 0),
        resolve: RESOLVE_IN_ROOT,
      }),
    );
    if (type === "bind") {
      const recursive = options === "rbind" ? AT_RECURSIVE : 0;
      const tree = writer.add(
        openTree(AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursive),
      );
      const empty = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
      writer.add(moveMount(tree, "", place, "", empty));
      return;
    }
    const { flags, data } = parseMountOptions(options);
    writer.add(fchdir(place));
    writer.add(mountCall(source, ".", type, flags, data));
  },
  undo: undefined,
});
