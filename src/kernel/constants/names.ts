/** Names and values of one group of kernel constants, in the order strace prints them. */
export type NamedValues = Readonly<Record<string, number>>;

/**
 * A set of flags as strace prints it: names joined by `|` in the table's order, what has no name
 * in hexadecimal at the end, and `0` for nothing.
 */
export function flagsText(value: number, names: NamedValues): string {
  const parts: string[] = [];
  let rest = BigInt(value);
  for (const [name, each] of Object.entries(names)) {
    const bits = BigInt(each);
    if (bits === 0n || (rest & bits) !== bits) continue;
    parts.push(name);
    rest &= ~bits;
  }
  if (rest !== 0n) parts.push(`0x${rest.toString(16)}`);
  return parts.length === 0 ? "0" : parts.join("|");
}
