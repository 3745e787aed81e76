import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { openat2 } from "../../kernel/calls/file.js";
import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, RESOLVE_IN_ROOT } from "../../kernel/constants/file.js";
import { performSystemCall } from "../../kernel/libc.js";
import { SystemCallError } from "../../kernel/system-call-error.js";

/** More than any resolver reads. */
const limit = 64 * 1024;

/**
 * What the container reads in /etc/resolv.conf. Symbolic links are followed as it would follow them: a
 * container must not be able to show the observer a file of the host instead.
 */
export function observeResolvConf(pid: number): string | undefined {
  const root = openSync(`/proc/${pid}/root`, constants.O_DIRECTORY);
  try {
    const descriptor = openBelow(root, "etc/resolv.conf");
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
