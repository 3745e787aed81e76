import { closeSync, openSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { flock } from "../kernel/calls/file.js";
import { performSystemCall } from "../kernel/libc.js";
import { SystemCallError } from "../kernel/system-call-error.js";
import { runDirectory } from "../steps/run-directory.js";

/** flock(2) operations. */
const exclusiveNonBlocking = 2 | 4;

/** Those of this process wait for each other here; those of others meet at the file. */
let queue: Promise<void> = Promise.resolve();

/**
 * Takes the lock under which containers of this host claim names and change what they share.
 *
 * @returns the function that gives it back; calling it again does nothing
 */
export async function takeLock(): Promise<() => void> {
  const before = queue;
  let leave = () => {};
  queue = new Promise((resolve) => {
    leave = resolve;
  });
  await before;
  try {
    const descriptor = openSync(`${runDirectory()}/lock`, "w", 0o644);
    for (let wait = 1; !tryLock(descriptor); wait = Math.min(wait * 2, 20)) await setTimeout(wait);
    return () => {
      if (leave === done) return;
      // Closing the descriptor gives the lock back.
      closeSync(descriptor);
      leave();
      leave = done;
    };
  } catch (error) {
    leave();
    throw error;
  }
}

const done = () => {};

function tryLock(descriptor: number): boolean {
  try {
    performSystemCall(flock(descriptor, exclusiveNonBlocking));
    return true;
  } catch (error) {
    if (error instanceof SystemCallError && error.errnoName === "EAGAIN") return false;
    closeSync(descriptor);
    throw error;
  }
}
