import { describeErrno } from "./errno.js";
import {
  printArgument,
  printSystemCall,
  type KnownValues,
  type SystemCall,
} from "./system-call.js";

/**
 * A system call that the kernel refused. The message reads
 * `mount("proc", "/x/proc", "proc", 0, NULL): EPERM (operation not permitted)`.
 */
export class SystemCallError extends Error {
  override readonly name: string = "SystemCallError";
  /** The name of the system call, such as `mount`. */
  readonly syscall: string;
  /** The error number, positive, as in errno(3). */
  readonly errno: number;
  /** Its name, such as `EPERM`. */
  readonly errnoName: string;
  /** What it means, in lower case. */
  readonly meaning: string;
  /** The arguments as strace prints them. */
  readonly args: readonly string[];

  constructor(call: SystemCall, errno: number, known: KnownValues = {}) {
    const [errnoName, meaning] = describeErrno(errno);
    super(`${printSystemCall(call, known)}: ${errnoName} (${meaning})`);
    this.syscall = call.name;
    this.errno = errno;
    this.errnoName = errnoName;
    this.meaning = meaning;
    this.args = call.arguments.map((each) => printArgument(each, known));
  }
}
