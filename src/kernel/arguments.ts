/** Builders of arguments: the bytes the kernel reads and the text strace prints, side by side. */
import { flagsText, type NamedValues } from "./constants/names.js";
import { AT_FDCWD } from "./constants/file.js";
import type { Argument, Late, Printed } from "./system-call.js";

/** The most characters strace prints of a string under `-s 65536 -v`, the form Cooper prints. */
const stringLimit = 65536;

const encoder = new TextEncoder();

/** An integer; negative ones are sign-extended to the 64 bits of a register. */
export function integer(value: number | bigint, text: Printed = () => String(value)): Argument {
  return { kind: "integer", value: BigInt.asUintN(64, BigInt(value)), text };
}

/** An integer that may come later. */
export function late(value: Late): Argument {
  return typeof value === "number" ? integer(value) : value;
}

/** A descriptor, where `AT_FDCWD` stands for the working directory. */
export function directory(value: Late): Argument {
  return value === AT_FDCWD ? integer(value, "AT_FDCWD") : late(value);
}

/** A set of flags, printed by name. */
export function flags(value: number, names: NamedValues): Argument {
  return integer(value, () => flagsText(value, names));
}

/** File permissions in octal, as strace prints them: at least three digits with the 0. */
export function permissions(mode: number): Argument {
  return integer(mode, () => permissionsText(mode));
}

/** File permissions as strace prints them: `0755`, `000`. */
export function permissionsText(mode: number): string {
  return `0${mode.toString(8).padStart(2, "0")}`;
}

export const nullPointer: Argument = integer(0, "NULL");

/** A pointer to bytes, printed as given. */
export function memory(bytes: Uint8Array, text: Printed): Argument {
  return { kind: "memory", bytes, text };
}

/** A pointer to bytes that the kernel writes; they are also what the printed call shows. */
export function written(bytes: Uint8Array, text: Printed): Argument {
  return { kind: "memory", bytes, text, written: true };
}

/**
 * A NUL-terminated string; `null` is the null pointer.
 * @throws TypeError when the string contains a NUL, which would cut it short in the kernel
 */
export function string(value: string | null): Argument {
  if (value === null) return nullPointer;
  const bytes = terminated(value);
  return memory(bytes, () => quoted(bytes.subarray(0, -1)));
}

/** A null-terminated array of strings, as execve takes. */
export function strings(values: readonly string[]): Argument {
  const bytes = values.map(terminated);
  return {
    kind: "strings",
    strings: bytes,
    text: () => `[${bytes.map((each) => quoted(each.subarray(0, -1))).join(", ")}]`,
  };
}

function terminated(value: string): Uint8Array {
  if (value.includes("\0"))
    throw new TypeError(`a string for the kernel must not contain NUL: ${JSON.stringify(value)}`);
  return encoder.encode(`${value}\0`);
}

/** Escapes as strace has them. Source: strace, src/util.c, string_quote. */
const escapes: Readonly<Record<number, string>> = {
  0x22: '\\"',
  0x5c: "\\\\",
  0x09: "\\t",
  0x0a: "\\n",
  0x0b: "\\v",
  0x0c: "\\f",
  0x0d: "\\r",
};

/** Bytes in double quotes; what is not printable ASCII in octal, as short as it stays unambiguous. */
export function quoted(bytes: Uint8Array): string {
  let text = "";
  bytes.subarray(0, stringLimit).forEach((byte, index) => {
    const escape = escapes[byte];
    if (escape !== undefined) text += escape;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else {
      const next = bytes[index + 1];
      const digitFollows = next !== undefined && next >= 0x30 && next <= 0x37;
      text += `\\${byte.toString(8).padStart(digitFollows ? 3 : 1, "0")}`;
    }
  });
  return `"${text}"${bytes.length > stringLimit ? "..." : ""}`;
}

/** A C structure of 64-bit fields. */
export function words(...values: readonly (number | bigint)[]): Uint8Array {
  return new Uint8Array(
    BigUint64Array.from(values, (value) => BigInt.asUintN(64, BigInt(value))).buffer,
  );
}

/** A C structure or array of 32-bit fields. */
export function halfWords(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}
