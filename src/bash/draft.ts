import { expansions, type Word } from "./quote.js";

/** Control characters that no bash word, identifier or comment of a script holds. */
const literal = "\u0001";
const outline = "\u0002";
const end = "\u0003";
const open = "\u0004";

/** A word in a draft, and how it is written: its literal text is the name of nothing. */
export const marked = (value: Word, written: string): string =>
  `${literal}${written}${outline}${expansions(value)}${end}`;

/** A place in a draft for names that only the linker knows. */
export const opening = (name: string): string => `${open}${name}${open}`;

/** Lists of names for the openings of a draft. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** What a template becomes: bash, in which the script's own code can still be told from what words say. */
export class Draft {
  constructor(readonly marked: string) {}

  /** The script's own code and the variables that words expand, without any literal. */
  get code(): string {
    return this.marked.replace(/\u0001[^\u0002]*\u0002|\u0003/g, "");
  }

  /** The bash as it stands in the script. */
  text(names: Names = {}): string {
    return this.marked
      .replace(/\u0001|\u0002[^\u0003]*\u0003/g, "")
      .replace(/\u0004([^\u0004]*)\u0004/g, (_, name: string) => {
        const found = names[name];
        if (found === undefined) throw new RangeError(`nothing is known for "${name}"`);
        return found.join(" ");
      });
  }
}
