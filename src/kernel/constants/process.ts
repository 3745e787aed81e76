/** Constants of the calls about processes: prctl(2), getrlimit(2), waitid(2), memory. */
import { constants } from "node:os";

export const PR_SET_PDEATHSIG = 1;
export const PR_GET_DUMPABLE = 3;
export const PR_SET_DUMPABLE = 4;
export const PR_CAPBSET_DROP = 24;
export const PR_SET_NO_NEW_PRIVS = 38;

/** Resource limits by name; the same numbers on both architectures. Source: getrlimit(2). */
export const resourceLimits = {
  RLIMIT_CPU: 0,
  RLIMIT_FSIZE: 1,
  RLIMIT_DATA: 2,
  RLIMIT_STACK: 3,
  RLIMIT_CORE: 4,
  RLIMIT_RSS: 5,
  RLIMIT_NPROC: 6,
  RLIMIT_NOFILE: 7,
  RLIMIT_MEMLOCK: 8,
  RLIMIT_AS: 9,
  RLIMIT_LOCKS: 10,
  RLIMIT_SIGPENDING: 11,
  RLIMIT_MSGQUEUE: 12,
  RLIMIT_NICE: 13,
  RLIMIT_RTPRIO: 14,
  RLIMIT_RTTIME: 15,
} as const;
export type ResourceLimit = keyof typeof resourceLimits;

/** waitid(2) */
/** Linux 5.4 */
export const P_PIDFD = 3;
export const WNOHANG = 0x1;
export const WEXITED = 0x4;
export const CLD_EXITED = 1;

/** mmap(2) */
export const PROT_READ = 0x1;
export const PROT_WRITE = 0x2;
export const PROT_EXEC = 0x4;
export const MAP_SHARED = 0x1;
export const MAP_PRIVATE = 0x2;
export const MAP_ANONYMOUS = 0x20;

/** sigprocmask(2) */
export const SIG_SETMASK = 2;

/**
 * The signals that every start of a container takes: to load Node's table of all takes as long as much of a start.
 * Source: signal(7); x86-64 and arm64 number them alike.
 */
export const SIGKILL = 9;
export const SIGPIPE = 13;
export const SIGCHLD = 17;
export const SIGXFSZ = 25;

/** `SIGKILL` for 9; `SIGRT_2` for 34, as strace names real-time signals. */
export function signalName(signal: number): string {
  // Where one number has two names (SIGABRT, SIGIOT), the first in Node's table is the usual one.
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  return name ?? (signal >= 32 ? `SIGRT_${signal - 32}` : String(signal));
}
