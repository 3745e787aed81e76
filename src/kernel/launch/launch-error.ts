import { describeErrno } from "../errno.js";
import type { FailureRecord } from "../program/image.js";
import type { Program } from "../program/program.js";
import { printSystemCall, type KnownValues } from "../system-call.js";

/**
 * A child that could not be started. The message names the plan's step and the system call:
 * `mount /proc: mount("proc", "/x/proc", "proc", 0, NULL): EPERM (operation not permitted)`.
 */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
  /** The plan's step the failed entry belongs to. */
  readonly step: string;
  /** The index of the failed entry in the program. */
  readonly index: number;
  /** The system call as strace prints it, with the values it had. */
  readonly call: string;
  /** The name of the system call. */
  readonly syscall: string;
  /** The error number, positive; 0 when the call succeeded with a result below its minimum. */
  readonly errno: number;
  /** Its name, such as `EPERM`; `EOF` for a result below the minimum. */
  readonly errnoName: string;
  readonly meaning: string;
  /**
   * With what a shell would have exited: 127 command not found, 126 command not executable,
   * 125 for everything before.
   */
  readonly exitCode: 125 | 126 | 127;

  constructor(program: Program, { index, errno }: FailureRecord, known: KnownValues) {
    const entry = program.entries[index];
    if (entry === undefined) throw new RangeError(`the program has no entry ${index}`);
    const [errnoName, meaning] =
      errno === 0 ? ["EOF", "the other end is gone"] : describeErrno(errno);
    const call = printSystemCall(entry.call, known);
    super(`${entry.step}: ${call}: ${errnoName} (${meaning})`);
    this.step = entry.step;
    this.index = index;
    this.call = call;
    this.syscall = entry.call.name;
    this.errno = errno;
    this.errnoName = errnoName;
    this.meaning = meaning;
    this.exitCode = entry.candidate ? commandExitCode(errnoName) : 125;
  }
}

function commandExitCode(errnoName: string): 126 | 127 {
  return errnoName === "ENOENT" || errnoName === "ENOTDIR" ? 127 : 126;
}
