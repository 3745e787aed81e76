import { fstatSync, readlinkSync, statSync } from "node:fs";
import { getTerminalAttributes } from "../kernel/calls/file.js";
import { trySystemCall } from "../kernel/libc.js";

/**
 * The path of the terminal that a descriptor is, as ttyname(3) finds it; undefined when it is none, or one that has
 * no name here because it comes from another mount namespace.
 */
export function terminalOf(descriptor: number): string | undefined {
  const status = fstatSync(descriptor);
  if (!status.isCharacterDevice() || !isTerminal(descriptor)) return undefined;
  const path = readlinkSync(`/proc/self/fd/${String(descriptor)}`);
  const named = statSync(path, { throwIfNoEntry: false });
  return named?.dev === status.dev && named.ino === status.ino ? path : undefined;
}

/** isatty(3); to load Node's module for terminals takes longer than to start a container. */
const isTerminal = (descriptor: number) => trySystemCall(getTerminalAttributes(descriptor)) === 0;
