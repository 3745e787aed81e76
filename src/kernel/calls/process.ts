/** The system calls about processes, signals and limits. */
import {
  integer,
  late,
  memory,
  nullPointer,
  string,
  strings,
  words,
  written,
} from "../arguments.js";
import { flagsText } from "../constants/names.js";
import {
  P_PIDFD,
  PR_SET_DUMPABLE,
  PR_GET_DUMPABLE,
  PR_SET_PDEATHSIG,
  resourceLimits,
  SIG_SETMASK,
  signalName,
  WEXITED,
  WNOHANG,
  type ResourceLimit,
} from "../constants/process.js";
import type { Argument, Late, SystemCall } from "../system-call.js";

/** execve(2). Printed with arguments and environment in full, as `strace -v` does. */
export function execve(
  file: string,
  argumentVector: readonly [string, ...string[]],
  environment: readonly string[],
): SystemCall {
  return {
    name: "execve",
    arguments: [string(file), strings(argumentVector), strings(environment)],
  };
}

/** A signal's number, printed by name. */
function signal(number: number): Argument {
  return integer(number, () => (number === 0 ? "0" : signalName(number)));
}

/**
 * prctl(2) PR_SET_PDEATHSIG: the signal this process gets when the *thread* that made it ends.
 * A change of user or group, and executing a set-user-ID program, clear it: it comes after those.
 */
export function setParentDeathSignal(number: number): SystemCall {
  return {
    name: "prctl",
    arguments: [integer(PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"), signal(number)],
  };
}

/** prctl(2) PR_GET_DUMPABLE. Returns 0, 1 or 2. */
export function getDumpable(): SystemCall {
  return { name: "prctl", arguments: [integer(PR_GET_DUMPABLE, "PR_GET_DUMPABLE")] };
}

/** prctl(2) PR_SET_DUMPABLE: 0 or 1. */
export function setDumpable(dumpable: 0 | 1): SystemCall {
  const name = dumpable === 1 ? "SUID_DUMP_USER" : "SUID_DUMP_DISABLE";
  return {
    name: "prctl",
    arguments: [integer(PR_SET_DUMPABLE, "PR_SET_DUMPABLE"), integer(dumpable, name)],
  };
}

/** rt_sigprocmask(2): lets every signal through. */
export function unblockAllSignals(): SystemCall {
  return {
    name: "rt_sigprocmask",
    arguments: [
      integer(SIG_SETMASK, "SIG_SETMASK"),
      memory(words(0), "[]"),
      nullPointer,
      integer(8),
    ],
  };
}

/** rt_sigaction(2): the signal acts by default again, also where it was ignored. */
export function resetSignal(number: number): SystemCall {
  return {
    name: "rt_sigaction",
    arguments: [
      signal(number),
      // struct sigaction of the kernel: handler, flags, restorer, mask; alike on both architectures.
      memory(words(0, 0, 0, 0), "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}"),
      nullPointer,
      integer(8),
    ],
  };
}

/**
 * prlimit64 (getrlimit(2)) for the calling process.
 * @param soft and `hard` in the unit of the resource; `null` is RLIM_INFINITY
 */
export function setResourceLimit(
  resource: ResourceLimit,
  soft: number | bigint | null,
  hard: number | bigint | null,
): SystemCall {
  return {
    name: "prlimit64",
    arguments: [
      integer(0),
      integer(resourceLimits[resource], resource),
      memory(
        words(soft ?? -1, hard ?? -1),
        `{rlim_cur=${limitText(soft)}, rlim_max=${limitText(hard)}}`,
      ),
      nullPointer,
    ],
  };
}

/** As strace prints a limit: multiples of 1024 as such. Source: strace, src/resource.c. */
function limitText(limit: number | bigint | null): string {
  if (limit === null) return "RLIM64_INFINITY";
  const value = BigInt(limit);
  return value > 1024n && value % 1024n === 0n ? `${value / 1024n}*1024` : String(value);
}

/** pidfd_open(2). Returns a descriptor that closes on execve. */
export function pidfdOpen(pid: number): SystemCall {
  return { name: "pidfd_open", arguments: [integer(pid), integer(0)] };
}

/** pidfd_send_signal(2) */
export function pidfdSendSignal(pidfd: Late, number: number): SystemCall {
  return {
    name: "pidfd_send_signal",
    arguments: [late(pidfd), signal(number), nullPointer, integer(0)],
  };
}

/** The size of siginfo_t on both architectures. */
export const signalInformationSize = 128;

/**
 * waitid(2) for a child by its pidfd (Linux 5.4); reaps it.
 * @param information receives a siginfo_t; its si_pid stays 0 when `wait` is false and it still runs
 */
export function waitidPidfd(pidfd: number, information: Uint8Array, wait: boolean): SystemCall {
  const options = wait ? WEXITED : WEXITED | WNOHANG;
  return {
    name: "waitid",
    arguments: [
      integer(P_PIDFD, "P_PIDFD"),
      integer(pidfd),
      written(information, "{}"),
      integer(options, () => flagsText(options, { WNOHANG, WEXITED })),
      nullPointer,
    ],
  };
}
