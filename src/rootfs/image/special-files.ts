import { lsetxattr, mknodat } from "../../kernel/calls/file.js";
import { AT_FDCWD, S_IFCHR, S_IFIFO } from "../../kernel/constants/file.js";
import { performSystemCall } from "../../kernel/libc.js";
import { deviceNodes } from "../layout.js";
import type { FileEntry } from "./entry.js";

/**
 * Character devices that harm nobody, whoever opens them: those of every root file system, the process's own
 * terminal, and the multiplexer of pseudoterminals. An image may ask for any device of this host, its disks too.
 */
const harmless = [
  ...deviceNodes.map(({ major, minor }) => ({ major, minor })),
  { major: 5, minor: 0 },
  { major: 5, minor: 2 },
];

/** Whether a node is a device that every container has; an image may bring no other. */
export const isHarmlessDevice = ({ type, device }: FileEntry): boolean =>
  type === "character-device" &&
  harmless.some(({ major, minor }) => major === device.major && minor === device.minor);

/** Makes a character device or a pipe with a name; Node has no call for either. */
export function makeNode(place: string, { type, device }: FileEntry): void {
  performSystemCall(
    type === "fifo"
      ? mknodat(AT_FDCWD, place, S_IFIFO | 0o600)
      : mknodat(AT_FDCWD, place, S_IFCHR | 0o600, device),
  );
}

/**
 * File capabilities and the user's own attributes; others mean something only to the host they come from.
 */
export const isKept = (attribute: string): boolean =>
  attribute === "security.capability" || attribute.startsWith("user.");

/** @returns whether the file system takes it */
export function setAttribute(place: string, attribute: string, value: string): boolean {
  try {
    performSystemCall(lsetxattr(place, attribute, Buffer.from(value)));
    return true;
  } catch {
    return false;
  }
}
