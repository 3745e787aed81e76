import { fstatSync, readlinkSync, statSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * The path of the terminal that a descriptor is, as ttyname(3) finds it; undefined when it is none, or one that has
 * no name here because it comes from another mount namespace.
 */
export function terminalOf(descriptor: number): string | undefined {
  if (!isatty(descriptor)) return undefined;
  const path = readlinkSync(`/proc/self/fd/${String(descriptor)}`);
  const named = statSync(path, { throwIfNoEntry: false });
  const { dev, ino } = fstatSync(descriptor);
  return named?.dev === dev && named.ino === ino ? path : undefined;
}
