import { fstatSync } from "node:fs";
import { isatty } from "node:tty";

/** The major number of the devices that are no hardware, such as /dev/null. Source: mem(4), null(4). */
const memoryDevices = 1;

/**
 * isatty(3). Node's module for terminals takes milliseconds to load, so it is only asked about what may be one: not
 * about pipes, files and /dev/null.
 */
export function isTerminal(descriptor: number): boolean {
  const status = fstatSync(descriptor);
  return status.isCharacterDevice() && status.rdev >> 8 !== memoryDevices && isatty(descriptor);
}
