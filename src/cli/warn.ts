import { writeSync } from "node:fs";

/**
 * Writes a line to standard error, at once and past Node's stream, which would make a pipe non-blocking also
 * for the command of a container. A reader that is gone is no error: nobody is left to tell.
 */
export function warn(line: string): void {
  let bytes = Buffer.from(`${line}\n`);
  while (bytes.length > 0)
    try {
      bytes = bytes.subarray(writeSync(2, bytes));
    } catch (error) {
      // Somebody else has made it non-blocking, and it is full for the moment.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
}
