import stringWidth from "string-width";

/**
 * Breaks text into lines of at most `columns` columns: between words, and in Chinese text between any two
 * characters of which the second is no closing punctuation.
 */
export function wrap(text: string, columns = 96): string[] {
  const pieces =
    text.match(
      /[\u2e80-\ua4cf\uff00-\uffef“”][，。；：、！？）》”]*|[^\s\u2e80-\ua4cf\uff00-\uffef“”]+[，。；：、！？）》”]*|\s+/g,
    ) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && stringWidth(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()].filter((each) => each !== "");
}
