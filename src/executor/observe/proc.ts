/** Reading /proc. Source: proc(5). */
import { readFileSync } from "node:fs";

/** The lines `Key:\tvalue` of a file such as /proc/PID/status. */
export function readKeyValues(file: string): ReadonlyMap<string, string> {
  const lines = readFileSync(file, "utf8").split("\n");
  return new Map(
    lines.map((line) => {
      const [key = "", ...rest] = line.split(":");
      return [key, rest.join(":").trim()];
    }),
  );
}

/** The strings of a file such as /proc/PID/environ, each of which ends with a NUL. */
export function readStrings(file: string): string[] {
  return readFileSync(file, "utf8").split("\0").slice(0, -1);
}

/** A field that has to be there. */
export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the kernel does not tell ${what}`);
  return value;
}

/** A set of capabilities, such as CapBnd of /proc/PID/status, as bits. */
export function capabilityBits(status: ReadonlyMap<string, string>, field: string): bigint {
  return BigInt(`0x${required(status.get(field), field)}`);
}

/** Orders text by its UTF-16 code units: the same on any host, whatever its locale. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
