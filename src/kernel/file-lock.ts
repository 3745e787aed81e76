import { flock } from "./calls/file.js";
import { LOCK_EX, LOCK_NB, LOCK_UN } from "./constants/file.js";
import { performSystemCall } from "./libc.js";
import { SystemCallError } from "./system-call-error.js";

/** Locks an open file, until the last copy of its descriptor is closed. @returns whether nobody else has it */
export function tryLock(descriptor: number): boolean {
  try {
    performSystemCall(flock(descriptor, LOCK_EX | LOCK_NB));
    return true;
  } catch (error) {
    if (error instanceof SystemCallError && error.errnoName === "EAGAIN") return false;
    throw error;
  }
}

/** Gives the lock of an open file back, whoever else has copies of its descriptor. */
export function unlock(descriptor: number): void {
  performSystemCall(flock(descriptor, LOCK_UN));
}
