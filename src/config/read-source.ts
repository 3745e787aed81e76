import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { reasonOf } from "../kernel/errno.js";
import { CooperError } from "../model/errors.js";
import { limits, limitTexts } from "./limits.js";

/**
 * The text of a config file.
 *
 * Only regular files of a modest size are read: an import that leads to a device or a pipe, through a
 * symbolic link perhaps, must neither block nor fill the memory.
 *
 * @param shown how messages name the file
 * @throws CooperError `file-missing`, `file-unreadable`, `config-limit`
 */
export function readSource(file: string, shown: string = file): string {
  const unreadable = (reason: string, cause?: unknown) =>
    CooperError.of("file-unreadable", { file: shown, reason }, { cause });
  let descriptor: number;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR")
      throw CooperError.of("file-missing", { file: shown }, { cause: error });
    throw unreadable(reasonOf(error), error);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw unreadable("not a regular file");
    if (status.size > limits.fileBytes)
      throw CooperError.of("config-limit", { limit: limitTexts.fileBytes });
    return decode(readAll(descriptor));
  } catch (error) {
    if (error instanceof CooperError) throw error;
    throw unreadable(reasonOf(error), error);
  } finally {
    closeSync(descriptor);
  }
}

/** Everything up to the limit, even when the file grows meanwhile or reports no size, as those of /proc do. */
function readAll(descriptor: number): Buffer {
  const buffer = Buffer.alloc(limits.fileBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
  }
  throw CooperError.of("config-limit", { limit: limitTexts.fileBytes });
}

function decode(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
