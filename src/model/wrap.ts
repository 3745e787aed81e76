import { textWidth } from "./text-width.js";

/**
 * Breaks text into lines of at most `columns` columns: between words, and in Chinese text between any two
 * characters of which the second is no closing punctuation. A word that is longer than a line is cut.
 */
export function wrap(text: string, columns = 96): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const piece of (text.match(breakable) ?? []).flatMap((each) => cut(each, columns))) {
    if (line !== "" && width + textWidth(piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
      width = textWidth(line);
    } else {
      line += piece;
      width += textWidth(piece);
    }
  }
  return [...lines, line.trimEnd()].filter((each) => each !== "");
}

/** One Chinese character or one word with the punctuation that closes it, or the space between words. */
const breakable =
  /[\u2e80-\ua4cf\uff00-\uffef“”][，。；：、！？）》”]*|[^\s\u2e80-\ua4cf\uff00-\uffef“”]+[，。；：、！？）》”]*|\s+/g;

function cut(piece: string, columns: number): string[] {
  if (piece.length <= columns && textWidth(piece) <= columns) return [piece];
  const parts = [""];
  for (const character of piece) {
    const last = parts.at(-1) ?? "";
    if (last !== "" && textWidth(last + character) > columns) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
