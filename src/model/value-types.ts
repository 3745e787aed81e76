import { parseBytes } from "./units.js";

/**
 * The types a run-time parameter (and any value composed from one) can have.
 *
 * `pattern` is written in the subset that JavaScript and POSIX extended regular expressions read alike
 * (in the C locale), because the generated script checks its arguments with the very same text.
 */
export interface ValueType<Result extends string | number> {
  readonly pattern: string;
  /** The normalised value, or undefined when the text is not of this type. */
  readonly parse: (text: string) => Result | undefined;
}

function matching(pattern: string): ValueType<string> {
  const expression = new RegExp(pattern, "u");
  return {
    pattern,
    parse: (text) => (expression.test(text) && text.isWellFormed() ? text : undefined),
  };
}

const integerPattern = "^-?[0-9]{1,15}$";

export const valueTypes = {
  /** A container, host or cgroup name: Docker's rule, at most 63 bytes so that it is a DNS label too. */
  name: matching("^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$"),
  /** A path without control characters, so that it fits on one line of a record or a log. */
  path: matching("^[^\u0000-\u001f\u007f]+$"),
  /** A decimal integer of at most 15 digits: exact in JavaScript and in bash alike. */
  integer: {
    pattern: integerPattern,
    parse: (text: string) => (new RegExp(integerPattern).test(text) ? Number(text) + 0 : undefined),
  },
  /** An amount of memory in bytes; `k`, `m`, `g`, `t` and their `B`/`iB` forms are powers of 1024, as Docker reads them. */
  bytes: { pattern: "^[0-9]{1,16}([kKmMgGtT]([iI]?[bB])?|[bB])?$", parse: parseBytes },
  /** Any text a process argument can hold: everything but NUL. */
  text: matching("^[^\u0000]*$"),
} as const satisfies Record<string, ValueType<string> | ValueType<number>>;

export type ValueTypeName = keyof typeof valueTypes;

/** The TypeScript type of a value of type `Name` once it is known. */
export type ValueOf<Name extends ValueTypeName> = Name extends "integer" | "bytes"
  ? number
  : string;
