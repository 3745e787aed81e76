import type { SystemCallName } from "./system-call-numbers.js";

/**
 * One argument of a system call: what the kernel receives, and how strace prints it. A call is
 * data, so the same value can be performed at once ({@link performSystemCall}), laid out for the
 * launch routine, or printed.
 */
export type Argument =
  | { readonly kind: "integer"; readonly value: bigint; readonly text: Printed }
  /** A pointer to these bytes; with `written` the kernel writes into them. */
  | {
      readonly kind: "memory";
      readonly bytes: Uint8Array;
      readonly text: Printed;
      readonly written?: true;
    }
  /** A pointer to an array of pointers to NUL-terminated strings, closed by a null pointer. */
  | { readonly kind: "strings"; readonly strings: readonly Uint8Array[]; readonly text: Printed }
  | Result
  | Placeholder;

/** How strace prints an argument, or how to find that out: most calls are performed and never printed. */
export type Printed = string | (() => string);

/** What an earlier entry of the same program returned, such as a descriptor. */
export interface Result {
  readonly kind: "result";
  /** The index of that entry. */
  readonly entry: number;
  /** The system call of that entry. */
  readonly name: SystemCallName;
}

/** A number known only when the program is launched, such as a descriptor of the parent's. */
export interface Placeholder {
  readonly kind: "placeholder";
  readonly name: string;
}

/** A number, or one that comes later. */
export type Late = number | Result | Placeholder;

/** One system call with its arguments. At most six. */
export interface SystemCall {
  readonly name: SystemCallName;
  readonly arguments: readonly Argument[];
}

/** A number that {@link LaunchOptions.values} supplies at launch; printed as `$name`. */
export function placeholder(name: string): Placeholder {
  return { kind: "placeholder", name };
}

/** The values that results and placeholders have, as far as they are known. */
export interface KnownValues {
  /** What an entry returned, or a name to print instead. */
  readonly results?: (entry: number) => bigint | string | undefined;
  readonly values?: Readonly<Record<string, number>>;
}

/**
 * An argument as strace prints it. A result that is not known prints as the call it comes from and
 * that entry's number counted from 1, such as `$open_tree.4`; a placeholder as `$name`.
 */
export function printArgument(argument: Argument, known: KnownValues = {}): string {
  switch (argument.kind) {
    case "result":
      return (
        known.results?.(argument.entry)?.toString() ?? `$${argument.name}.${argument.entry + 1}`
      );
    case "placeholder":
      return known.values?.[argument.name]?.toString() ?? `$${argument.name}`;
    default:
      return typeof argument.text === "string" ? argument.text : argument.text();
  }
}

/** A system call as strace prints it, without its result: `pivot_root(".", ".")`. */
export function printSystemCall(call: SystemCall, known: KnownValues = {}): string {
  return `${call.name}(${call.arguments.map((each) => printArgument(each, known)).join(", ")})`;
}
