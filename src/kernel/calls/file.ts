/** The system calls on files and descriptors. */
import {
  directory,
  flags,
  integer,
  late,
  memory,
  nullPointer,
  permissions,
  permissionsText,
  quoted,
  string,
  words,
  written,
} from "../arguments.js";
import {
  closeRangeFlags,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_SETFD,
  FD_CLOEXEC,
  fileTypes,
  lockOperations,
  memfdFlags,
  MFD_CLOEXEC,
  O_CREAT,
  openFlags,
  openModes,
  resolveFlags,
  TCGETS,
} from "../constants/file.js";
import { flagsText } from "../constants/names.js";
import type { Late, SystemCall } from "../system-call.js";

function openFlagsText(value: number): string {
  const mode = Object.entries(openModes).find(([, each]) => each === (value & 3))?.[0] ?? "0x3";
  const rest = flagsText(value & ~3, openFlags);
  return rest === "0" ? mode : `${mode}|${rest}`;
}

/** openat(2). Returns a descriptor. `mode` is passed, and printed, only with O_CREAT. */
export function openat(directoryFd: Late, path: string, flagBits: number, mode = 0): SystemCall {
  return {
    name: "openat",
    arguments: [
      directory(directoryFd),
      string(path),
      integer(flagBits, openFlagsText(flagBits)),
      ...((flagBits & O_CREAT) === 0 ? [] : [permissions(mode)]),
    ],
  };
}

/** openat2(2), Linux 5.6: opens under rules about how the path may resolve. Returns a descriptor. */
export function openat2(
  directoryFd: Late,
  path: string,
  how: { readonly flags: number; readonly mode?: number; readonly resolve: number },
): SystemCall {
  const { flags: flagBits, mode = 0, resolve } = how;
  const modeText = (flagBits & O_CREAT) === 0 ? "" : `, mode=${permissionsText(mode)}`;
  const text = () =>
    `{flags=${openFlagsText(flagBits)}${modeText}, resolve=${flagsText(resolve, resolveFlags)}}`;
  return {
    name: "openat2",
    arguments: [
      directory(directoryFd),
      string(path),
      memory(words(flagBits, mode, resolve), text),
      integer(24),
    ],
  };
}

/** memfd_create(2): a file in memory, gone with its last descriptor, which is returned; closed on execve. */
export function memfdCreate(name: string): SystemCall {
  return {
    name: "memfd_create",
    arguments: [string(name), flags(MFD_CLOEXEC, memfdFlags)],
  };
}

/** close(2) */
export function close(fd: Late): SystemCall {
  return { name: "close", arguments: [late(fd)] };
}

/** close_range(2): from `first` to `last`, both included. */
export function closeRange(first: number, last: number, flagBits: number): SystemCall {
  return {
    name: "close_range",
    arguments: [integer(first), integer(last), flags(flagBits, closeRangeFlags)],
  };
}

/** Every descriptor there can be, as {@link closeRange}'s last. */
export const lastDescriptor = 0xffffffff;

/** write(2). As an entry of a program, a short write is not an error: keep it within a page. */
export function write(fd: Late, content: string | Uint8Array): SystemCall {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name: "write",
    arguments: [late(fd), memory(bytes, () => quoted(bytes)), integer(bytes.length)],
  };
}

/**
 * read(2) into `bytes`, which also are what the printed call shows: strace prints what was read.
 */
export function read(fd: Late, bytes: Uint8Array): SystemCall {
  return {
    name: "read",
    arguments: [late(fd), written(bytes, () => quoted(bytes)), integer(bytes.length)],
  };
}

/** sendfile(2): copies bytes from where `from` stands. Returns how many. */
export function sendfile(to: Late, from: Late, count: number): SystemCall {
  return { name: "sendfile", arguments: [late(to), late(from), nullPointer, integer(count)] };
}

/** chdir(2) */
export function chdir(path: string): SystemCall {
  return { name: "chdir", arguments: [string(path)] };
}

/** fchdir(2) */
export function fchdir(fd: Late): SystemCall {
  return { name: "fchdir", arguments: [late(fd)] };
}

/** fcntl(2) F_SETFD: whether execve closes the descriptor. */
export function setCloseOnExec(fd: Late, closeOnExec: boolean): SystemCall {
  return {
    name: "fcntl",
    arguments: [
      late(fd),
      integer(F_SETFD, "F_SETFD"),
      closeOnExec ? integer(FD_CLOEXEC, "FD_CLOEXEC") : integer(0),
    ],
  };
}

/** fcntl(2) F_DUPFD: a copy at the lowest free number from `minimum` on. Returns it. */
export function duplicateFrom(fd: Late, minimum: number, closeOnExec: boolean): SystemCall {
  return {
    name: "fcntl",
    arguments: [
      late(fd),
      closeOnExec ? integer(F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC") : integer(F_DUPFD, "F_DUPFD"),
      integer(minimum),
    ],
  };
}

/** dup3(2): the copy stays open across execve. EINVAL when both are one number. */
export function dup3(oldFd: Late, newFd: number): SystemCall {
  return { name: "dup3", arguments: [late(oldFd), integer(newFd), integer(0)] };
}

/** pipe2(2); the two descriptors are written to `fds`: the end to read, the end to write. */
export function pipe2(fds: Int32Array, flagBits: number): SystemCall {
  return {
    name: "pipe2",
    arguments: [
      written(new Uint8Array(fds.buffer, fds.byteOffset, fds.byteLength), "[]"),
      flags(flagBits, openFlags),
    ],
  };
}

/** mkdirat(2) */
export function mkdirat(directoryFd: Late, path: string, mode: number): SystemCall {
  return { name: "mkdirat", arguments: [directory(directoryFd), string(path), permissions(mode)] };
}

/** A device number, as makedev(3) makes it and the kernel's mknodat decodes it. */
function deviceNumber({ major, minor }: { major: number; minor: number }): number {
  return ((minor & 0xff) | ((major & 0xfff) << 8) | ((minor & 0xfff00) << 12)) >>> 0;
}

/** As printf(3) prints `%#x`. */
const hexadecimal = (value: number) => (value === 0 ? "0" : `0x${value.toString(16)}`);

/**
 * mknodat(2)
 * @param mode type and permissions, such as `S_IFCHR | 0o666`
 * @param device for S_IFCHR and S_IFBLK
 */
export function mknodat(
  directoryFd: Late,
  path: string,
  mode: number,
  device?: { readonly major: number; readonly minor: number },
): SystemCall {
  const type = Object.entries(fileTypes).find(([, each]) => each === (mode & 0o170000))?.[0];
  const bits = permissionsText(mode & 0o7777);
  return {
    name: "mknodat",
    arguments: [
      directory(directoryFd),
      string(path),
      integer(mode, type === undefined ? bits : `${type}|${bits}`),
      ...(device === undefined
        ? []
        : [
            integer(
              deviceNumber(device),
              `makedev(${hexadecimal(device.major)}, ${hexadecimal(device.minor)})`,
            ),
          ]),
    ],
  };
}

/** symlinkat(2) */
export function symlinkat(target: string, directoryFd: Late, path: string): SystemCall {
  return { name: "symlinkat", arguments: [string(target), directory(directoryFd), string(path)] };
}

/** lsetxattr(2): an extended attribute of a file, or of a symbolic link itself. */
export function lsetxattr(path: string, attribute: string, value: Uint8Array): SystemCall {
  return {
    name: "lsetxattr",
    arguments: [
      string(path),
      string(attribute),
      memory(value, () => quoted(value)),
      integer(value.length),
      integer(0),
    ],
  };
}

/** lgetxattr(2): reads an extended attribute into `value`. Returns how long it is. */
export function lgetxattr(path: string, attribute: string, value: Uint8Array): SystemCall {
  return {
    name: "lgetxattr",
    arguments: [
      string(path),
      string(attribute),
      written(value, () => quoted(value)),
      integer(value.length),
    ],
  };
}

/** fchmodat(2); the system call takes no flags and follows symbolic links. */
export function fchmodat(directoryFd: Late, path: string, mode: number): SystemCall {
  return { name: "fchmodat", arguments: [directory(directoryFd), string(path), permissions(mode)] };
}

/** umask(2). Returns the mask before. */
export function umask(mask: number): SystemCall {
  return { name: "umask", arguments: [permissions(mask)] };
}

/** flock(2): LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB so as not to wait. */
export function flock(fd: Late, operation: number): SystemCall {
  return { name: "flock", arguments: [late(fd), flags(operation, lockOperations)] };
}

/** More than any struct termios has. */
const termiosSize = 64;

/** ioctl_tty(2) TCGETS: the attributes of a terminal; fails with ENOTTY on everything else. */
export function getTerminalAttributes(fd: Late): SystemCall {
  return {
    name: "ioctl",
    arguments: [late(fd), integer(TCGETS, "TCGETS"), written(Buffer.alloc(termiosSize), "termios")],
  };
}
