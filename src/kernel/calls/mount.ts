/** The system calls that change the tree of mounts. */
import {
  directory,
  flags,
  integer,
  late,
  memory,
  nullPointer,
  string,
  words,
} from "../arguments.js";
import {
  FSCONFIG_CMD_CREATE,
  FSCONFIG_SET_FLAG,
  FSCONFIG_SET_STRING,
  FSMOUNT_CLOEXEC,
  FSOPEN_CLOEXEC,
  mountAttributes,
  mountFlags,
  moveMountFlags,
  MS_BIND,
  MS_MOVE,
  MS_PRIVATE,
  MS_REMOUNT,
  MS_SHARED,
  MS_SLAVE,
  MS_UNBINDABLE,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
  umountFlags,
} from "../constants/mount.js";
import { atFlags } from "../constants/file.js";
import { flagsText } from "../constants/names.js";
import type { Late, SystemCall } from "../system-call.js";

const propagationFlags = MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE;

/**
 * mount(2). For a bind, a move, a change of propagation or a remount the kernel ignores the type
 * (and, but for a remount, the data): they must be `null` then.
 * @throws TypeError when the kernel would ignore what was given
 */
export function mount(
  source: string | null,
  target: string,
  type: string | null,
  mountflags: number,
  data: string | null,
): SystemCall {
  const remount = (mountflags & MS_REMOUNT) !== 0;
  const ignoresType = (mountflags & (MS_REMOUNT | MS_BIND | MS_MOVE | propagationFlags)) !== 0;
  if (ignoresType && (type !== null || (!remount && data !== null)))
    throw new TypeError(
      `mount on ${target} with ${flagsText(mountflags, mountFlags)}: the kernel ignores type and data here`,
    );
  return {
    name: "mount",
    arguments: [
      string(source),
      string(target),
      string(type),
      flags(mountflags, mountFlags),
      string(data),
    ],
  };
}

/** umount2(2) */
export function umount2(target: string, flagBits = 0): SystemCall {
  return { name: "umount2", arguments: [string(target), flags(flagBits, umountFlags)] };
}

/** pivot_root(2) */
export function pivotRoot(newRoot: string, putOld: string): SystemCall {
  return { name: "pivot_root", arguments: [string(newRoot), string(putOld)] };
}

/** chroot(2) */
export function chroot(path: string): SystemCall {
  return { name: "chroot", arguments: [string(path)] };
}

/** open_tree(2): with OPEN_TREE_CLONE a copy of the mount, attached nowhere. Returns a descriptor. */
export function openTree(directoryFd: Late, path: string, flagBits: number): SystemCall {
  return {
    name: "open_tree",
    arguments: [
      directory(directoryFd),
      string(path),
      flags(flagBits, { OPEN_TREE_CLONE, OPEN_TREE_CLOEXEC, ...atFlags }),
    ],
  };
}

/** move_mount(2) */
export function moveMount(
  fromDirectoryFd: Late,
  fromPath: string,
  toDirectoryFd: Late,
  toPath: string,
  flagBits: number,
): SystemCall {
  return {
    name: "move_mount",
    arguments: [
      directory(fromDirectoryFd),
      string(fromPath),
      directory(toDirectoryFd),
      string(toPath),
      flags(flagBits, moveMountFlags),
    ],
  };
}

export interface MountAttributes {
  /** MOUNT_ATTR_* to set */
  readonly set?: number;
  /** MOUNT_ATTR_* to clear */
  readonly clear?: number;
  /** MS_SHARED, MS_PRIVATE, MS_SLAVE or MS_UNBINDABLE; 0 leaves it */
  readonly propagation?: number;
  /** a descriptor of the user namespace for MOUNT_ATTR_IDMAP */
  readonly userNamespaceFd?: number;
}

/** mount_setattr(2), Linux 5.12: with AT_RECURSIVE for a whole tree at once. */
export function mountSetattr(
  directoryFd: Late,
  path: string,
  flagBits: number,
  { set = 0, clear = 0, propagation = 0, userNamespaceFd = 0 }: MountAttributes,
): SystemCall {
  // strace 6.1 has no name for "leave the propagation" and says so.
  const propagationText = propagation === 0 ? "0 /* MS_??? */" : flagsText(propagation, mountFlags);
  const text = () =>
    `{attr_set=${flagsText(set, mountAttributes)}, attr_clr=${flagsText(clear, mountAttributes)}, ` +
    `propagation=${propagationText}, userns_fd=${userNamespaceFd}}`;
  return {
    name: "mount_setattr",
    arguments: [
      directory(directoryFd),
      string(path),
      flags(flagBits, atFlags),
      memory(words(set, clear, propagation, userNamespaceFd), text),
      integer(32),
    ],
  };
}

/** fsopen(2), Linux 5.2: begins the set-up of a new file system. Returns a descriptor. */
export function fsopen(type: string): SystemCall {
  return {
    name: "fsopen",
    arguments: [string(type), flags(FSOPEN_CLOEXEC, { FSOPEN_CLOEXEC })],
  };
}

/** fsconfig(2) FSCONFIG_SET_FLAG: one mount option without a value. */
export function fsconfigFlag(fd: Late, key: string): SystemCall {
  const command = integer(FSCONFIG_SET_FLAG, "FSCONFIG_SET_FLAG");
  return {
    name: "fsconfig",
    arguments: [late(fd), command, string(key), nullPointer, integer(0)],
  };
}

/** fsconfig(2) FSCONFIG_SET_STRING: one mount option. */
export function fsconfigString(fd: Late, key: string, value: string): SystemCall {
  const command = integer(FSCONFIG_SET_STRING, "FSCONFIG_SET_STRING");
  return {
    name: "fsconfig",
    arguments: [late(fd), command, string(key), string(value), integer(0)],
  };
}

/** fsconfig(2) FSCONFIG_CMD_CREATE: makes the file system as configured. */
export function fsconfigCreate(fd: Late): SystemCall {
  const command = integer(FSCONFIG_CMD_CREATE, "FSCONFIG_CMD_CREATE");
  return { name: "fsconfig", arguments: [late(fd), command, nullPointer, nullPointer, integer(0)] };
}

/** fsmount(2): a mount of the file system that is attached nowhere. Returns a descriptor. */
export function fsmount(fd: Late, attributes: number): SystemCall {
  return {
    name: "fsmount",
    arguments: [
      late(fd),
      flags(FSMOUNT_CLOEXEC, { FSMOUNT_CLOEXEC }),
      flags(attributes, mountAttributes),
    ],
  };
}
