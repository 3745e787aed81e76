import { printable } from "../model/printable.js";
import { textWidth } from "../model/text-width.js";
import { wrap } from "../model/wrap.js";

const gap = "  ";

/**
 * Lays rows out in columns that fit the terminal; the first row is the header. Long cells are wrapped.
 *
 * @param columns width of the terminal in columns
 */
export function table(cells: readonly (readonly string[])[], columns: number): string {
  // What a container calls itself, say, must not reach the terminal as it is.
  const rows = cells.map((row) => row.map(printable));
  const natural = (rows[0] ?? []).map((_, index) =>
    Math.max(
      ...rows.map((row) =>
        Math.max(...(row[index] ?? "").split("\n").map((line) => textWidth(line))),
      ),
    ),
  );
  const widths = shrink(natural, columns - gap.length * (natural.length - 1));
  const lines = rows.flatMap((row, index) => [
    ...rowLines(row, widths),
    ...(index === 0 ? [widths.map((width) => "─".repeat(width)).join(gap)] : []),
  ]);
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Takes columns from the widest until all fit; none becomes narrower than 12. */
function shrink(widths: readonly number[], available: number): number[] {
  const result = [...widths];
  while (result.reduce((sum, width) => sum + width, 0) > available) {
    const widest = result.indexOf(Math.max(...result));
    const width = result[widest] ?? 0;
    if (width <= 12) break;
    result[widest] = width - 1;
  }
  return result;
}

function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = widths.map((width, index) =>
    (row[index] ?? "").split("\n").flatMap((line) => wrap(line, width)),
  );
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, index) => {
        const cell = cells[index]?.[line] ?? "";
        return cell + " ".repeat(Math.max(0, width - textWidth(cell)));
      })
      .join(gap),
  );
}
