import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";

/** The symbolic name of an error number, such as `EPERM`. */
export type ErrnoName = keyof typeof constants.errno;

/** The error number of a name, positive. */
export const errnoNumber = (name: ErrnoName): number => constants.errno[name];

/**
 * What libuv has no words for, or words about files and sockets only, and the calls Cooper makes can
 * return. Source: errno(3).
 */
const ownMeanings: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  15: ["ENOTBLK", "block device required"],
  17: ["EEXIST", "already exists"],
  49: ["EUNATCH", "protocol driver not attached"],
  76: ["ENOTUNIQ", "name not unique on network"],
  80: ["ELIBBAD", "accessing a corrupted shared library"],
  87: ["EUSERS", "too many users"],
  95: ["EOPNOTSUPP", "operation not supported"],
  116: ["ESTALE", "stale file handle"],
  122: ["EDQUOT", "disk quota exceeded"],
  124: ["EMEDIUMTYPE", "wrong medium type"],
  126: ["ENOKEY", "required key not available"],
};

/**
 * The name of an error number and what it means, in lower case: `["EPERM", "operation not permitted"]`.
 * @param errno positive, as in errno(3)
 */
export function describeErrno(errno: number): readonly [name: string, meaning: string] {
  const known = ownMeanings[errno] ?? getSystemErrorMap().get(-errno);
  if (known !== undefined) return known;
  const name = Object.entries(constants.errno).find(([, number]) => number === errno)?.[0];
  return [name ?? `errno ${errno}`, "unknown error"];
}

/** Why a call of Node's failed, such as `no space left on device`; the message of any other error. */
export function reasonOf(error: unknown): string {
  const { errno } = error as NodeJS.ErrnoException;
  if (errno !== undefined) return describeErrno(-errno)[1];
  return error instanceof Error ? error.message : String(error);
}
