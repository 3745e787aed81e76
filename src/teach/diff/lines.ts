import { diffArrays } from "diff";

/** A line that both sides have, or one of them. */
export interface Line {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Compares two texts line by line. */
export function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    value.map((text): Line => ({ kind: added ? "added" : removed ? "removed" : "same", text })),
  );
}

/** Whether the two texts were not the same. */
export const differs = (lines: readonly Line[]): boolean =>
  lines.some(({ kind }) => kind !== "same");

/** A run of lines worth showing: those that changed and some around them. */
export interface Hunk {
  readonly lines: readonly Line[];
  /** How many unchanged lines before it are left out. */
  readonly skipped: number;
}

/** Leaves out unchanged lines that are further than `context` lines from a change. */
export function hunks(lines: readonly Line[], context = 3): Hunk[] {
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - context), index + context + 1)
      .some(({ kind }) => kind !== "same"),
  );
  const found: { lines: Line[]; skipped: number }[] = [];
  let skipped = 0;
  lines.forEach((line, index) => {
    if (near[index] !== true) {
      skipped += 1;
      return;
    }
    const current = found.at(-1);
    if (current === undefined || skipped > 0) found.push({ lines: [line], skipped });
    else current.lines.push(line);
    skipped = 0;
  });
  return found;
}
