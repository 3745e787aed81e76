import { writeSync } from "node:fs";
import { reasonOf } from "../kernel/errno.js";
import { CommandError } from "./command-error.js";

let streaming = false;

/**
 * Writes to standard output.
 *
 * At once, without Node's stream: to make one takes milliseconds, and makes a pipe non-blocking also for everybody
 * else who has it, such as the command of a container. The stream is for the rest, where somebody else has made the
 * pipe non-blocking and it is full.
 *
 * @throws CommandError `write-failed`
 */
export function print(text: string): void {
  const rest = streaming ? Buffer.from(text) : written(Buffer.from(text));
  if (rest.length === 0) return;
  if (!streaming) {
    streaming = true;
    process.stdout.on("error", stop);
  }
  process.stdout.write(rest);
}

/** Whether everything that was printed has been written. */
export const isPrinted = (): boolean => !streaming || process.stdout.writableLength === 0;

/** Writes as much as there is room for; returns the rest. */
function written(bytes: Buffer): Buffer {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(1, bytes, done);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") stop(error as NodeJS.ErrnoException);
  }
  return bytes.subarray(done);
}

/** A reader that has seen enough, such as head(1), is no error. */
function stop(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  const values = { file: "/dev/stdout", reason: reasonOf(error) };
  throw new CommandError("write-failed", values, { cause: error });
}
