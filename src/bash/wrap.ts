/** Columns a character takes on a terminal: East Asian wide ones take two. */
export function width(text: string): number {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
}

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
    if (line !== "" && width(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()].filter((each) => each !== "");
}
