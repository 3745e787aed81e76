import { flock } from "./calls/file.js";
import { performSystemCall } from "./libc.js";
import { SystemCallError } from "./system-call-error.js";

/** flock(2) operations. */
const exclusiveNonBlocking = 2 | 4;
const release = 8;

/** Locks an open file, until the last copy of its descriptor is closed. @returns whether nobody else has it */
export function tryLock(descriptor: number): boolean {
  try {
    performSystemCall(flock(descriptor, exclusiveNonBlocking));
    return true;
  } catch (error) {
    if (error instanceof SystemCallError && error.errnoName === "EAGAIN") return false;
    throw error;
  }
}

/** Gives the lock of an open file back, whoever else has copies of its descriptor. */
export function unlock(descriptor: number): void {
  performSystemCall(flock(descriptor, release));
}
