import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { openat2 } from "../kernel/calls/file.js";
import { mountSetattr, moveMount, openTree } from "../kernel/calls/mount.js";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  O_CLOEXEC,
  O_DIRECTORY,
  O_PATH,
  RESOLVE_IN_ROOT,
} from "../kernel/constants/file.js";
import {
  MOUNT_ATTR_NODEV,
  MOUNT_ATTR_NOEXEC,
  MOUNT_ATTR_NOSUID,
  MOUNT_ATTR_RDONLY,
  MOVE_MOUNT_F_EMPTY_PATH,
  MOVE_MOUNT_T_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../kernel/constants/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import {
  cpuDirectory,
  defaultMaskedPaths,
  maskedOfCpu,
  maskedOfEveryCpu,
  maskName,
} from "../model/default-paths.js";
import { HostProblem } from "./host.js";
import { kindInContainer } from "./kind-in-container.js";
import { rootDescriptor } from "./root-descriptor.js";
import { defineStep } from "./step.js";
import { addTmpfs } from "./tmpfs.js";

export interface MaskedPathsFields {
  readonly root: Value<"path"> | Text;
  readonly paths: readonly string[];
  /** Whether the same goes for what each CPU of the host tells about its temperature. */
  readonly cpus: boolean;
}

/** What files are covered with: a device that reads as empty and takes everything; see null(4). */
const nullDevice = { path: "/dev/null", rdev: 0x103 };

const emptyPaths = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;

/** A copy of the mount that /dev/null lies in, which cannot be used to change that. */
function addEmptyFile(writer: StepWriter): Result {
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
  const copy = writer.add(openTree(AT_FDCWD, nullDevice.path, flags));
  writer.add(mountSetattr(copy, "", AT_EMPTY_PATH, { set: MOUNT_ATTR_RDONLY }));
  return copy;
}

function addEmptyDirectory(writer: StepWriter): Result {
  const attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  return addTmpfs(writer, { source: maskName, ro: true }, attributes);
}

/** Hides parts of /proc and /sys that tell about the host or give power over it. */
export const maskedPaths = defineStep<MaskedPathsFields>({
  kind: "masked-paths",
  where: "container",
  phase: "container",
  title: () => ({ en: "hide what tells about the host", zh: "隐藏会泄露宿主机信息的路径" }),
  explanation: {
    en: {
      what: "Not everything below /proc and /sys knows namespaces: the memory of the kernel, its keys, the firmware and the sensors are the host's. /dev/null is laid over such files and an empty file system over such directories; both read-only, for nobody is to change the /dev/null below.",
      without:
        "Root in the container reads the host's physical memory from /proc/kcore, and any program there measures what others do.",
    },
    zh: {
      what: "/proc 和 /sys 下并非所有内容都区分 namespace：内核内存、密钥、固件、传感器都是宿主机的。用 /dev/null 覆盖这样的文件，用空文件系统覆盖这样的目录；两者都是只读的，以免有人借此修改下面的 /dev/null。",
      without:
        "容器里的 root 可以通过 /proc/kcore 读取宿主机的物理内存，任何程序都能据此推测其他进程在做什么。",
    },
  },
  manual: ["proc(5)", "sysfs(5)", "null(4)"],
  tools: () => ["mount", "stat"],
  effects: ({ root, paths, cpus }) => [
    ...[...paths, ...(cpus ? [maskedOfEveryCpu] : [])].map((each) => ({
      type: "mount" as const,
      target: text`${root}${each}`,
      lifetime: "container" as const,
    })),
    { type: "writable", target: nullDevice.path, lifetime: "container" },
  ],
  preflight: () => {
    const status = statSync(nullDevice.path, { throwIfNoEntry: false });
    if (status?.isCharacterDevice() !== true || status.rdev !== nullDevice.rdev)
      throw new HostProblem("null-device", { path: nullDevice.path });
  },
  perform: ({ paths, cpus }, host) => {
    for (const each of [...paths, ...(cpus ? pathsOfCpus() : [])]) {
      const kind = kindInContainer(host, each);
      if (kind !== undefined) host.maskedPaths.set(each, kind);
    }
  },
  lower: ({ paths }, container) => {
    const writer = container.builder.step("masked_paths");
    const root = rootDescriptor(container, writer);
    const { maskedPaths: found } = container.host;
    for (const each of new Set([...paths, ...found.keys()])) {
      const kind = found.get(each) ?? defaultMaskedPaths[each] ?? "file";
      const place = writer.add(
        openat2(root, each, {
          flags: O_PATH | O_CLOEXEC | (kind === "directory" ? O_DIRECTORY : 0),
          resolve: RESOLVE_IN_ROOT,
        }),
        { ignore: ["ENOENT", "ENOTDIR"] },
      );
      const empty = kind === "directory" ? addEmptyDirectory(writer) : addEmptyFile(writer);
      // Where there is nothing to hide, there is no descriptor either.
      writer.add(moveMount(empty, "", place, "", emptyPaths), { ignore: ["EBADF"] });
    }
  },
  undo: undefined,
});

const pathsOfCpus = () =>
  readdirSync(cpuDirectory)
    .filter((name) => /^cpu[0-9]+$/.test(name))
    .map((name) => path.posix.join(cpuDirectory, name, maskedOfCpu));
