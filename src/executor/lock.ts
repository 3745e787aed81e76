import { closeSync, openSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { tryLock, unlock } from "../kernel/file-lock.js";
import { unrecorded } from "../steps/run-directory.js";

/** Those of this process wait for each other here; those of others meet at the file. */
let queue: Promise<void> = Promise.resolve();

/**
 * Takes the lock under which containers of this host claim names and change what they share.
 *
 * @param runDirectory where they are recorded
 * @returns the function that gives it back; calling it again does nothing
 * @throws HostProblem (rejects) `run-directory-unwritable`
 */
export async function takeLock(runDirectory: string): Promise<() => void> {
  const before = queue;
  let leave = () => {};
  queue = new Promise((resolve) => {
    leave = resolve;
  });
  await before;
  try {
    const descriptor = openLock(`${runDirectory}/lock`);
    try {
      for (let wait = 1; !tryLock(descriptor); wait = Math.min(wait * 2, 20))
        await setTimeout(wait);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    return () => {
      if (leave === done) return;
      // A container that waits for its launcher has the descriptor, too, until it executes its command.
      unlock(descriptor);
      closeSync(descriptor);
      leave();
      leave = done;
    };
  } catch (error) {
    leave();
    throw error;
  }
}

function openLock(file: string): number {
  try {
    return openSync(file, "w", 0o644);
  } catch (error) {
    throw unrecorded(error);
  }
}

const done = () => {};
