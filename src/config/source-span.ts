import type { Span } from "../model/errors.js";
import { printable } from "../model/printable.js";

/** The place between two offsets of a source text. What is after the first line end is cut off. */
export function sourceSpan(file: string, source: string, start: number, end: number): Span {
  const lineStart = start === 0 ? 0 : source.lastIndexOf("\n", start - 1) + 1;
  const newline = source.indexOf("\n", lineStart);
  const text = source.slice(lineStart, newline === -1 ? undefined : newline).replace(/\r$/, "");
  const column = start - lineStart + 1;
  return {
    file,
    line: source.slice(0, lineStart).split("\n").length,
    column,
    text: printable(text),
    length: Math.max(1, Math.min(end - start, text.length - column + 1)),
  };
}
