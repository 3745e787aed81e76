import { foldCode, wrap } from "../model/wrap.js";
import { textWidth } from "../model/text-width.js";
import { hunks, type Line } from "./diff/lines.js";
import type { Words } from "./words.js";

/** How a terminal shows text. */
export interface TerminalOptions {
  /** Width in columns. */
  readonly columns: number;
  readonly color: boolean;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Paint = (style: keyof typeof codes, text: string) => string;

/** Gives text its style by the escape sequences of a terminal (SGR), or leaves it as it is. */
export function painter(color: boolean): Paint {
  return (style, text) =>
    color && text !== "" ? `\u001b[${String(codes[style])}m${text}\u001b[0m` : text;
}

/** Text wrapped behind a label, its later lines below its first. */
export function labelled(label: string, text: string, columns: number): string[] {
  const indent = " ".repeat(4);
  return wrap(`${label}${text}`, columns - indent.length).map((line, index) =>
    index === 0 ? `  ${line}` : `${indent}${line}`,
  );
}

/** Lines of code, indented below what they belong to. */
export const codeLines = (lines: readonly string[], columns: number): string[] =>
  lines.flatMap((line) => foldCode(line, columns - 4).map((part) => `    ${part}`.trimEnd()));

const signs = { same: " ", added: "+", removed: "-" } as const;
const styles = { same: "dim", added: "green", removed: "red" } as const;

/** From this width on, old and new stand side by side. */
const wide = 120;

/** Changed lines and some around them: side by side where the terminal is wide and there are two sides. */
export function lineDiff(
  lines: readonly Line[],
  { columns, color }: TerminalOptions,
  words: Words,
): string[] {
  const paint = painter(color);
  const sides = new Set(lines.map(({ kind }) => kind));
  const beside = columns >= wide && sides.has("removed") && sides.has("added");
  return hunks(lines).flatMap(({ lines: shown, skipped }) => [
    ...(skipped === 0 ? [] : [paint("dim", `  ${words.skipped(skipped)}`)]),
    ...(beside ? sideBySide(shown, columns, paint) : unified(shown, columns, paint)),
  ]);
}

function unified(lines: readonly Line[], columns: number, paint: Paint): string[] {
  return lines.flatMap(({ kind, text }) =>
    foldCode(text, columns - 4).map((part) =>
      paint(styles[kind], `  ${signs[kind]} ${part}`.trimEnd()),
    ),
  );
}

/** What went on the left of what came in its place. */
function sideBySide(lines: readonly Line[], columns: number, paint: Paint): string[] {
  const width = Math.floor((columns - 9) / 2);
  const cell = (line: Line | undefined, part: string | undefined) => {
    const text = part === undefined || line === undefined ? "" : `${signs[line.kind]} ${part}`;
    const space = " ".repeat(Math.max(0, width + 2 - textWidth(text)));
    return line === undefined ? text + space : paint(styles[line.kind], text) + space;
  };
  return pairs(lines).flatMap(([left, right]) => {
    const parts = [left, right].map((line) => (line ? foldCode(line.text, width) : []));
    const height = Math.max(1, ...parts.map((each) => each.length));
    return Array.from({ length: height }, (_, index) =>
      `  ${cell(left, parts[0]?.[index])} ${paint("dim", "│")} ${cell(right, parts[1]?.[index])}`.trimEnd(),
    );
  });
}

function pairs(lines: readonly Line[]): [Line | undefined, Line | undefined][] {
  const rows: [Line | undefined, Line | undefined][] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1)
      rows.push([removed[index], added[index]]);
    removed = [];
    added = [];
  };
  for (const line of lines)
    if (line.kind === "same") {
      flush();
      rows.push([line, line]);
    } else if (line.kind === "removed") removed.push(line);
    else added.push(line);
  flush();
  return rows;
}
