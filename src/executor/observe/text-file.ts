import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { openat2 } from "../../kernel/calls/file.js";
import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, RESOLVE_IN_ROOT } from "../../kernel/constants/file.js";
import { performSystemCall } from "../../kernel/libc.js";
import { SystemCallError } from "../../kernel/system-call-error.js";

/** More than any configuration of a resolver has. */
const limit = 64 * 1024;

/**
 * What the container reads in a file. Symbolic links are followed as it would follow them: a container must not
 * be able to show the observer a file of the host instead.
 *
 * @param file a path from the container's root, without a leading slash
 * @returns undefined when there is no such file
 */
export function observeTextFile(pid: number, file: string): string | undefined {
  const root = openSync(`/proc/${pid}/root`, constants.O_DIRECTORY);
  try {
    const descriptor = openBelow(root, file);
    if (descriptor === undefined) return undefined;
    try {
      if (!fstatSync(descriptor).isFile()) return undefined;
      const content = Buffer.alloc(limit);
      return content.toString("utf8", 0, readSync(descriptor, content));
    } finally {
      closeSync(descriptor);
    }
  } finally {
    closeSync(root);
  }
}

function openBelow(root: number, file: string): number | undefined {
  try {
    // Not waiting for the other end, should it be a pipe.
    const flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
    return performSystemCall(openat2(root, file, { flags, resolve: RESOLVE_IN_ROOT }));
  } catch (error) {
    if (error instanceof SystemCallError && /^(ENOENT|ENOTDIR|ELOOP|EXDEV)$/.test(error.errnoName))
      return undefined;
    throw error;
  }
}
