import { isPlainText } from "./plain-text.js";

/**
 * Spells out every character that does not show what it is, as `\u` and four digits: JSON and TypeScript read
 * that in a string just the same.
 */
export function escapeInvisible(text: string): string {
  if (isPlainText(text)) return text;
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
