/**
 * Constants of the system calls that open and make files. Source: include/uapi/asm-generic/fcntl.h
 * and, where the two architectures differ, arch/arm64/include/uapi/asm/fcntl.h.
 */
import { currentArchitecture } from "../architecture.js";

const isArm64 = process.platform === "linux" && currentArchitecture() === "arm64";

/** open(2), openat2(2) */
export const O_RDONLY = 0o0;
export const O_WRONLY = 0o1;
export const O_RDWR = 0o2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DIRECTORY = isArm64 ? 0o40000 : 0o200000;
export const O_NOFOLLOW = isArm64 ? 0o100000 : 0o400000;
export const O_CLOEXEC = 0o2000000;
export const O_PATH = 0o10000000;

/** How a file is opened: the two lowest bits, a number and not a set of flags. */
export const openModes = { O_RDONLY, O_WRONLY, O_RDWR } as const;
export const openFlags = {
  O_CREAT,
  O_EXCL,
  O_NOCTTY,
  O_TRUNC,
  O_APPEND,
  O_NONBLOCK,
  O_NOFOLLOW,
  O_CLOEXEC,
  O_PATH,
  O_DIRECTORY,
} as const;

/** openat2(2), Linux 5.6 */
export const RESOLVE_NO_XDEV = 0x1;
export const RESOLVE_NO_MAGICLINKS = 0x2;
export const RESOLVE_NO_SYMLINKS = 0x4;
export const RESOLVE_BENEATH = 0x8;
export const RESOLVE_IN_ROOT = 0x10;
export const resolveFlags = {
  RESOLVE_NO_XDEV,
  RESOLVE_NO_MAGICLINKS,
  RESOLVE_NO_SYMLINKS,
  RESOLVE_BENEATH,
  RESOLVE_IN_ROOT,
} as const;

/** The current working directory, where a call takes a directory's descriptor. */
export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_REMOVEDIR = 0x200;
export const AT_SYMLINK_FOLLOW = 0x400;
export const AT_EMPTY_PATH = 0x1000;
export const AT_RECURSIVE = 0x8000;
export const atFlags = {
  AT_SYMLINK_NOFOLLOW,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  AT_EMPTY_PATH,
  AT_RECURSIVE,
} as const;

/** Types of files for mknodat. Source: inode(7). */
export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFBLK = 0o060000;
export const S_IFREG = 0o100000;
export const fileTypes = { S_IFIFO, S_IFCHR, S_IFBLK, S_IFREG } as const;

/** fcntl(2) */
export const F_DUPFD = 0;
export const F_SETFD = 2;
export const F_DUPFD_CLOEXEC = 1030;
export const FD_CLOEXEC = 1;

/** close_range(2), Linux 5.9; CLOEXEC since 5.11 */
export const CLOSE_RANGE_UNSHARE = 0x2;
export const CLOSE_RANGE_CLOEXEC = 0x4;
export const closeRangeFlags = { CLOSE_RANGE_UNSHARE, CLOSE_RANGE_CLOEXEC } as const;

/** memfd_create(2) */
export const MFD_CLOEXEC = 1;
export const memfdFlags = { MFD_CLOEXEC } as const;

/** flock(2) */
export const LOCK_SH = 1;
export const LOCK_EX = 2;
export const LOCK_NB = 4;
export const LOCK_UN = 8;
export const lockOperations = { LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN } as const;

/** ioctl_tty(2): the attributes of a terminal. */
export const TCGETS = 0x5401;
