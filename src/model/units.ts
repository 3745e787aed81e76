const byteUnits = { b: 0, k: 1, m: 2, g: 3, t: 4 } as const;

/**
 * Reads an amount of memory as people write it: `268435456`, `256m`, `256MB`, `256MiB`.
 * Every prefix is a power of 1024, as in `docker run --memory`.
 *
 * @returns the amount in bytes, or undefined when the text is not an amount or is not exact in a double
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(?<amount>[0-9]{1,16})(?:(?<unit>[kmgt])(?:i?b)?|b)?$/i.exec(text);
  if (match?.groups === undefined) return undefined;
  const unit = (match.groups["unit"] ?? "b").toLowerCase() as keyof typeof byteUnits;
  const bytes = Number(match.groups["amount"]) * 1024 ** byteUnits[unit];
  return bytes <= Number.MAX_SAFE_INTEGER ? bytes : undefined;
}

/** Writes an amount of bytes in the largest binary unit that keeps it whole: `268435456` is `256MiB`. */
export function formatBytes(bytes: number): string {
  for (const [power, unit] of [
    [4, "TiB"],
    [3, "GiB"],
    [2, "MiB"],
    [1, "KiB"],
  ] as const)
    if (bytes >= 1024 ** power && bytes % 1024 ** power === 0)
      return `${String(bytes / 1024 ** power)}${unit}`;
  return String(bytes);
}
