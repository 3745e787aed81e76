import type { Span } from "../model/errors.js";

/**
 * Characters that could change how a terminal shows the rest of a message: control characters, and the
 * marks that reverse the direction of text. Each is shown as one replacement character, so that the
 * caret still stands in the right column. Tabs stay.
 */

const disruptive =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A piece of a config as a message may show it. */
export const printable = (text: string): string => text.replace(disruptive, "\ufffd");

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
