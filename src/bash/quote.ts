import { isPlainText } from "../model/plain-text.js";
import {
  Arithmetic,
  type Expression,
  type HostVariable,
  isExpression,
  operators,
  Parameter,
  Text,
} from "../model/value.js";

/** A variable of the generated script, known by a template; never a value of a spec. */
export class ShellVariable {
  constructor(readonly name: string) {}
}

/** What can stand in a bash word: text, numbers, expressions over parameters, and the script's own variables. */
export type Word = string | number | Expression | ShellVariable | readonly Word[];

/**
 * The one place where anything becomes part of a bash command: exactly one word, whatever the text.
 *
 * Text of harmless characters passes bare. Other text is quoted, by the form that says the same with the
 * least noise: single quotes; double quotes where there is something to expand, or where single quotes
 * would make a linter suspect that an expansion was meant; `$'…'` for control and invisible characters.
 */
export function word(value: Word): string {
  const pieces = flatten(value);
  if (pieces.every((piece) => typeof piece === "string")) return quote(pieces.join(""));
  return pieces
    .map((piece) =>
      typeof piece === "string" ? doubleQuoted(piece) : { expansion: expansion(piece) },
    )
    .reduce<string>(appendQuoted, "");
}

/** A word without its literal text: just what it expands. */
export function expansions(value: Word): string {
  const expanded = flatten(value).flatMap((piece) =>
    typeof piece === "string" ? [] : [expansion(piece)],
  );
  return `"${expanded.join("")}"`;
}

/** A word on the right side of an assignment, where a linter takes the name of a command for a mistake. */
export function assigned(value: Word): string {
  const text = word(value);
  return /^[a-z][a-z0-9_]*$/.test(text) ? `'${text}'` : text;
}

/** A word in an array literal, where a linter suspects that `a,b` and `a=b` were meant to be more than text. */
export function element(value: Word): string {
  const text = word(value);
  return /^[A-Za-z0-9_./:@%+,=-]*[,=]/.test(text) ? `'${text}'` : text;
}

type Piece = string | Parameter | Arithmetic | HostVariable | ShellVariable;

/** The literal texts and the expansions of a value, in order, with neighbouring texts joined. */
function flatten(value: Word): Piece[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  const pieces: Piece[] = [];
  append(pieces, value);
  return pieces;
}

function append(pieces: Piece[], value: Word): void {
  const parts = value instanceof Text ? value.parts : value;
  if (isList(parts)) {
    for (const part of parts) append(pieces, part);
    return;
  }
  const piece = typeof parts === "number" ? String(parts) : parts;
  const last = pieces.at(-1);
  if (typeof piece === "string" && typeof last === "string")
    pieces[pieces.length - 1] = last + piece;
  else if (piece !== "") pieces.push(piece);
}

/** Whether a word is a list of them. */
export const isList = (value: Word): value is readonly Word[] => Array.isArray(value);

function expansion(piece: Exclude<Piece, string>): string {
  if (piece instanceof Arithmetic) return `$((${arithmetic(piece)}))`;
  return `\${${piece.name}}`;
}

/** The inside of `$(( ))`: parameters are checked to be integers before any of this runs. */
function arithmetic(value: number | Expression): string {
  if (value instanceof Parameter) return value.name;
  if (value instanceof Arithmetic)
    return [value.left, value.right]
      .map((side) => (side instanceof Arithmetic ? `(${arithmetic(side)})` : arithmetic(side)))
      .join(` ${operators[value.operator]} `);
  if (isExpression(value)) throw new TypeError("text cannot be calculated with");
  return value < 0 ? `(${String(value)})` : String(value);
}

/** Runs of double-quoted pieces share one pair of quotes; `$'…'` pieces stand between them. */
function appendQuoted(done: string, piece: string | { expansion: string }): string {
  const inside = typeof piece === "string" ? piece : `"${piece.expansion}"`;
  return done.endsWith('"') && inside.startsWith('"')
    ? done.slice(0, -1) + inside.slice(1)
    : done + inside;
}

/** Words that end or continue a compound command: literal as an argument, but no linter believes it. */
const keywords = new Set(["do", "done", "elif", "else", "esac", "fi", "in", "then"]);

/** Literal text as one bash word. */
export function quote(text: string): string {
  if (keywords.has(text)) return `'${text}'`;
  // A leading "=" is plain to bash, but shfmt does not take it in an array.
  if (/^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,=-]*$/.test(text)) return text;
  if (/^--?[A-Za-z0-9][A-Za-z0-9_./:@%+,=-]*$/.test(text)) return text;
  if (hasInvisible(text)) return ansiQuoted(text);
  if (/['$`\\]/.test(text)) return doubleQuoted(text);
  return `'${text}'`;
}

/**
 * Characters that do not show what they are: controls, separators, formats, unassigned and private ones,
 * quotation marks that pass for ASCII ones, and single surrogates.
 */
const invisible =
  /[\p{C}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2018-\u201f\u2032-\u2037]/u;

const hasInvisible = (text: string) => !isPlainText(text) && invisible.test(text);

function doubleQuoted(text: string): string {
  return hasInvisible(text) ? ansiQuoted(text) : `"${text.replace(/["$`\\]/g, "\\$&")}"`;
}

const named: Record<string, string> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\\": "\\\\",
  "'": "\\'",
};

/** `$'…'` with every special byte spelled out, so that it reads the same in any locale. */
function ansiQuoted(text: string): string {
  const body = Array.from(text, (character) => {
    const short = named[character];
    if (short !== undefined) return short;
    if (!invisible.test(character)) return character;
    return [...Buffer.from(character, "utf8")]
      .map((byte) => `\\${byte.toString(8).padStart(3, "0")}`)
      .join("");
  });
  return `$'${body.join("")}'`;
}

/** Text as the rest of a comment line: one line, no control characters, no directive to a linter. */
export function comment(text: string): string {
  const line = isPlainText(text) ? text : text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ");
  return line.replace(/^(\s*)(shellcheck)(?=\s)/, '$1"$2"').trimEnd();
}
