import { limits } from "../limits.js";

/** Offsets of a value in a JSON text, and of what is inside it. */
export interface Position {
  readonly start: number;
  readonly end: number;
  /** Of an object or array: where each member is; array elements are keyed by their index. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  /** The quoted key; an array element has none and uses its value. */
  readonly key: Omit<Position, "members">;
  readonly value: Position;
}

/** Where a text stops being JSON. */
export class JsonSyntaxError extends Error {
  constructor(readonly offset: number) {
    super(`not JSON at offset ${offset}`);
  }
}

/** The text nests deeper than {@link limits.nesting}. */
export class JsonNestingError extends JsonSyntaxError {}

/** A field stands twice in one object: of two readers, each could take another of the values. */
export class JsonDuplicateError extends JsonSyntaxError {
  constructor(
    offset: number,
    readonly field: string,
  ) {
    super(offset);
  }
}

const noMembers: ReadonlyMap<string, Member> = new Map();

const whitespace = /[ \t\r\n]*/y;

const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;
const scalar = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/**
 * Finds where every value of a JSON text stands. `JSON.parse` says what the values are; this says where,
 * which `JSON.parse` does not, not even for its own syntax errors.
 *
 * @throws JsonSyntaxError at the first character that cannot be JSON, or at a field that was there before
 */
export function findPositions(text: string): Position {
  const scanner = new Scanner(text);
  const position = scanner.value(0);
  scanner.end();
  return position;
}

class Scanner {
  private offset = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Position {
    this.skipOver(whitespace);
    const start = this.offset;
    if (depth > limits.nesting) throw new JsonNestingError(start);
    const members =
      this.text[start] === "{"
        ? this.object(depth)
        : this.text[start] === "["
          ? this.array(depth)
          : this.primitive();
    return { start, end: this.offset, members };
  }

  end(): void {
    this.skipOver(whitespace);
    if (this.offset < this.text.length) throw new JsonSyntaxError(this.offset);
  }

  private object(depth: number): Map<string, Member> {
    const members = new Map<string, Member>();
    this.list("{", "}", () => {
      this.skipOver(whitespace);
      const start = this.offset;
      if (!this.skipOver(string)) throw new JsonSyntaxError(start);
      const name = JSON.parse(this.text.slice(start, this.offset)) as string;
      if (members.has(name)) throw new JsonDuplicateError(start, name);
      const key = { start, end: this.offset };
      this.character(":");
      members.set(name, { key, value: this.value(depth + 1) });
    });
    return members;
  }

  private array(depth: number): Map<string, Member> {
    const members = new Map<string, Member>();
    this.list("[", "]", () => {
      const value = this.value(depth + 1);
      members.set(String(members.size), { key: value, value });
    });
    return members;
  }

  private primitive(): ReadonlyMap<string, Member> {
    if (!this.skipOver(string) && !this.skipOver(scalar)) throw new JsonSyntaxError(this.offset);
    return noMembers;
  }

  private list(open: string, close: string, item: () => void): void {
    this.character(open);
    if (this.skip(close)) return;
    do item();
    while (this.skip(","));
    this.character(close);
  }

  private character(expected: string): void {
    if (!this.skip(expected)) throw new JsonSyntaxError(this.offset);
  }

  private skip(expected: string): boolean {
    this.skipOver(whitespace);
    if (this.text[this.offset] !== expected) return false;
    this.offset += 1;
    return true;
  }

  private skipOver(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    const found = pattern.test(this.text);
    if (found) this.offset = pattern.lastIndex;
    return found;
  }
}
