import { isPrintableAscii } from "./plain-text.js";
import { textWidth } from "./text-width.js";

/**
 * Breaks text into lines of at most `columns` columns: between words, and in Chinese text between any two
 * characters of which the second is no closing punctuation. A word that is longer than a line is cut, a path behind its
 * slashes where they are close enough.
 */
export function wrap(text: string, columns = 96): string[] {
  const lines: string[] = [];
  const widthOf = isPrintableAscii(text) ? ({ length }: string) => length : textWidth;
  const pieces = (text.match(breakable) ?? []).flatMap((each) => cutWord(each, columns));
  let start = 0;
  let end = 0;
  let width = 0;
  for (const piece of pieces) {
    const own = widthOf(piece);
    if (width > 0 && width + own > columns && piece.trim() !== "") {
      lines.push(text.slice(start, end).trimEnd());
      start = end;
      width = 0;
    }
    end += piece.length;
    width += own;
  }
  return [...lines, text.slice(start).trimEnd()].filter((each) => each !== "");
}

/** One Chinese character or one word with the punctuation that closes it, or the space between words. */
const breakable =
  /[\u2e80-\ua4cf\uff00-\uffef“”][，。；：、！？）》”]*|[^\s\u2e80-\ua4cf\uff00-\uffef“”]+[，。；：、！？）》”]*|\s+/g;

const cutWord = (word: string, columns: number): string | string[] =>
  // No character takes more than two columns.
  word.length * 2 <= columns || textWidth(word) <= columns
    ? word
    : word.split(/(?<=\/)/).flatMap((part) => cutToWidth(part, columns));

/** Cuts text into pieces of at most `columns` columns, wherever that is. */
export function cutToWidth(piece: string, columns: number): string[] {
  if (piece.length <= columns && textWidth(piece) <= columns) return [piece];
  const parts = [""];
  for (const character of piece) {
    const last = parts.at(-1) ?? "";
    if (last !== "" && textWidth(last + character) > columns) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}

/**
 * Folds a line of code: at spaces where there are some, else anywhere. Later lines are indented like the first and
 * four columns more.
 */
export function foldCode(line: string, columns: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const inner = `${indent.length + 4 < columns / 2 ? indent : ""}    `;
  const folded: string[] = [];
  let rest = line;
  for (;;) {
    const width = folded.length === 0 ? columns : columns - inner.length;
    const [first = ""] = cutToWidth(rest, width);
    if (first === rest) break;
    const space = first.lastIndexOf(" ");
    const end = space > width / 3 ? space + 1 : first.length;
    folded.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  return [...folded, rest].map((each, index) => (index === 0 ? each : inner + each));
}
