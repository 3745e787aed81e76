import { eastAsianWidth } from "get-east-asian-width";
import { isPrintableAscii } from "./plain-text.js";

/** Columns a text takes on a terminal: wide East Asian characters take two, combining marks none. */
export function textWidth(text: string): number {
  if (isPrintableAscii(text)) return text.length;
  let columns = 0;
  for (const character of text)
    if (!/\p{M}/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  return columns;
}
