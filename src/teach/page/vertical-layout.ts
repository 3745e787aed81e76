import type { Translated } from "../../model/language.js";
import { textWidth } from "../../model/text-width.js";
import { pageWords } from "./words.js";

/** A box, a line or a text of a drawing, in units of its view box. */
export interface Shape {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Text in the middle of its height, from its left edge on. */
  readonly text: Translated | undefined;
  /** The field of the config it comes from. */
  readonly field: string | undefined;
}

/** Text and the field of the config it comes from. */
export interface Item {
  readonly text: Translated;
  readonly field: string;
}

const width = 400;
const line = 24;
const gap = 10;
/** Columns of text that fit into a unit of width: the text is 12 units high and monospaced. */
const columnWidth = 7.3;
/** More of one kind makes no drawing that anybody reads. */
const most = 9;

/** Lays out shapes below one another, and boxes around them. */
export class VerticalLayout {
  readonly width = width;
  readonly shapes: Shape[] = [];
  /** Where the next shape begins. */
  #y = 0;

  /** The height of all that is there so far. */
  get height(): number {
    return Math.ceil(this.#y + 1);
  }

  /** Leaves some room. */
  space(): void {
    this.#y += gap;
  }

  /** A line of text, with as much space to its left as to its right. */
  row(kind: string, inset: number, text: Translated, field?: string): void {
    const room = width - 2 * inset;
    const fitted = shortened(text, Math.floor((room - 16) / columnWidth));
    this.#add({ kind, x: inset, width: room, height: line, text: fitted, field });
    this.#y += line + 4;
  }

  /** Draws items of one kind, and tells how many are left out. */
  each<Each>(items: readonly Each[], inset: number, draw: (item: Each) => void): void {
    items.slice(0, most).forEach(draw);
    if (items.length > most) this.row("label", inset, leftOut(items.length - most));
  }

  /** A row for each item, and how many are left out. */
  rows(kind: string, inset: number, items: readonly Item[]): void {
    this.each(items, inset, ({ text, field }) => {
      this.row(kind, inset, text, field);
    });
  }

  /** Small boxes side by side, in as many lines as they take. */
  chips(inset: number, chips: readonly (Item & { readonly kind: string })[]): void {
    let x = inset;
    for (const { kind, text, field } of chips) {
      const room = textWidth(text.en) * columnWidth + 18;
      if (x + room > width - inset) {
        x = inset;
        this.#y += line + 4;
      }
      this.#add({ kind, x, width: room, height: line, text, field });
      x += room + 6;
    }
    this.#y += line + 6;
  }

  /** A line down to what comes next. */
  wire(field: string): void {
    this.#y -= 4;
    this.#add({ kind: "wire", x: width / 2, width: 0, height: gap + 4, text: undefined, field });
    this.#y += 4 + gap;
  }

  /** A box around what is drawn inside; it stands below that. */
  around(kind: string, inset: number, inside: () => void, field?: string): void {
    const [index, top] = [this.shapes.length, this.#y];
    this.#y += gap;
    inside();
    this.#y += gap - 4;
    const size = { x: inset, y: top, width: width - 2 * inset, height: this.#y - top };
    this.shapes.splice(index, 0, { kind, ...size, text: undefined, field });
  }

  #add(shape: Omit<Shape, "y">): void {
    this.shapes.push({ ...shape, y: this.#y });
  }
}

const leftOut = (count: number): Translated => {
  const { en, zh } = pageWords("more");
  return { en: en.replace("#", String(count)), zh: zh.replace("#", String(count)) };
};

function shortened(text: Translated, columns: number): Translated {
  const short = (value: string) => {
    if (textWidth(value) <= columns) return value;
    let fitting = "";
    for (const character of value) {
      if (textWidth(fitting + character) >= columns) break;
      fitting += character;
    }
    return `${fitting}…`;
  };
  return { en: short(text.en), zh: short(text.zh) };
}
