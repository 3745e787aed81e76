import { closeSync } from "node:fs";
import { pidfdOpen } from "../kernel/calls/process.js";
import { performSystemCall } from "../kernel/libc.js";
import { SystemCallError } from "../kernel/system-call-error.js";
import { startTime } from "../steps/records.js";

/** A process by its id and by when it started, so that a later process with the same id is another one. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly started: string;
}

/** Who has an id now; undefined when nobody does. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : { pid, started };
}

/**
 * A descriptor of the process (pidfd), to be closed by the caller; undefined when it has ended. Whatever is
 * read below /proc/PID before the descriptor is found to be still alive belongs to this very process.
 */
export function openProcess({ pid, started }: ProcessIdentity): number | undefined {
  try {
    const pidfd = performSystemCall(pidfdOpen(pid));
    if (startTime(pid) === started) return pidfd;
    closeSync(pidfd);
    return undefined;
  } catch (error) {
    if (error instanceof SystemCallError && error.errnoName === "ESRCH") return undefined;
    throw error;
  }
}
