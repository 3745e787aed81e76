import { isIPv6 } from "node:net";
import { regexes } from "zod/mini";
import type { ProblemCode } from "../errors.js";

/** Whether a path is absolute and free of `..`, so that the place it names depends on nothing else. */
export function isAbsolute(path: string): boolean {
  return path.startsWith("/") && !path.split("/").includes("..");
}

const numberList = /^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$/;

/** Whether a text is a list of numbers and ranges as cpuset(7) writes it, of at most four digits each. */
function isNumberList(text: string): boolean {
  const descending = (range: string) => {
    const [first, last = first] = range.split("-").map(Number);
    return Number(first) > Number(last);
  };
  return numberList.test(text) && !text.split(",").some(descending);
}

/** Whether a text is four decimal numbers, as inet_pton(3) reads them. Needs no `node:net`, which takes long to load. */
export function isIPv4(text: string): boolean {
  return regexes.ipv4.test(text);
}

/** Whether a text is an IP address as inet_pton(3) reads it: of IPv4, or of IPv6 without a zone. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || (isIPv6(text) && !text.includes("%"));
}

/** What a text can be required to look like beyond its type: the script has a function `check_NAME` for each. */
export const forms = {
  /** A path that begins with a slash and has no `..`. */
  absolute: { holds: isAbsolute, problem: "path-absolute" },
  /** Numbers and ranges of numbers, such as `0-2,4`. */
  numbers: { holds: isNumberList, problem: "number-list" },
  /** An address of IPv4 or IPv6. */
  address: { holds: isAddress, problem: "address-invalid" },
  /** A number that others can be divided by. */
  divisor: { holds: (text) => Number(text) !== 0, problem: "division-by-zero" },
} as const satisfies Readonly<
  Record<string, { readonly holds: (text: string) => boolean; readonly problem: ProblemCode }>
>;

export type Form = keyof typeof forms;
