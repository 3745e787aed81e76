import { templates } from "cooper:templates";
import type { Language } from "../model/language.js";
import { readable } from "../model/readable.js";
import { type BannerFields, bannerLines } from "../steps/banner.js";
import type { Rule } from "../steps/firewall.js";
import { blocks } from "./blocks.js";
import { messages } from "./messages/index.js";
import { Draft, marked, opening } from "./draft.js";
import { assigned, comment, element, isList, ShellVariable, type Word, word } from "./quote.js";

/**
 * The helpers that print. Every mustache of every template goes through one of them, and each prints
 * whole bash words, identifiers it has checked, a place for some of these, or the rest of a comment.
 */
export const printingHelpers = [
  "word",
  "assigned",
  "elements",
  "words",
  "say",
  "fail",
  "warn",
  "comment",
  "identifier",
  "number",
  "open",
] as const;

type Named = Readonly<Record<string, Word>>;

/** Renders templates in one language. */
export class Renderer {
  readonly #helpers;

  constructor(readonly language: Language) {
    const write = (value: Word) => marked(value, word(value));
    const say = (code: string, values?: Named) => write(this.message(code, values));
    this.#helpers = {
      language,
      ...blocks,
      render: (name: string, context: object, root: object) =>
        templateOf(name)(this.#helpers, context, root),

      word: write,
      assigned: (value: Word) => marked(value, assigned(value)),
      elements: (values: readonly Word[]) =>
        values.map((value) => marked(value, element(value))).join(" "),
      words: (values: readonly Word[]) => values.map(write).join(" "),
      say,
      fail: (code: string, values?: Named) =>
        `fail ${write(identifier(code))} ${say(code, values)}`,
      warn: (code: string, values?: Named) =>
        `warn ${write(identifier(code))} ${say(code, values)}`,
      comment: (text: Word) => comment(readableWord(text)),
      identifier,
      number: decimal,
      open: (name: string) => opening(identifier(name)),

      // These only compute arguments for the ones above.
      shell: (name: string) => new ShellVariable(identifier(name)),
      message: (code: string) => this.message(code),
      join: (...parts: readonly Word[]) => parts,
      firewallRule: ({ table, match, target }: Rule, tag: Word): Word => {
        const word = (part: Rule["match"][number]): Word =>
          typeof part === "object" && "shell" in part ? new ShellVariable(part.shell) : part;
        const [matched, jump] = [match, target].map((parts) => parts.map(word));
        return [table, " ", matched ?? [], " -m comment --comment ", tag, " -j ", jump ?? []];
      },
      partial: (folder: string, name: string) => `${folder}/${name}.sh`,
      list: (values: readonly Word[]) =>
        values.flatMap((value, index) => (index === 0 ? [value] : [", ", value])),
      bannerLines: (fields: BannerFields) =>
        bannerLines<ShellVariable>(language, fields, {
          address: new ShellVariable("address"),
          cpus: new ShellVariable("cpu_count"),
          mebibytes: new ShellVariable("memory_size"),
        }),
      has: (list: readonly unknown[], item: unknown) => list.includes(item),
      equal: (left: unknown, right: unknown) => left === right,
      or: (...values: readonly unknown[]) => values.find(Boolean),
      not: (value: unknown) => !value,
    };
  }

  /** Writes a template such as `script.sh` or `steps/mount.sh`. */
  draft(name: string, context: object): Draft {
    return new Draft(templateOf(name)(this.#helpers, context));
  }

  /** A function of the library; nothing when there is none of this name. */
  library(name: string, context: object): Draft | undefined {
    const template = `lib/${name}.sh`;
    return Object.hasOwn(templates, template) ? this.draft(template, context) : undefined;
  }

  /** The text of a template that leaves nothing open. */
  render(name: string, context: object): string {
    return this.draft(name, context).text();
  }

  /** A message of the script as a word: `{name}` stands for a value given under that name. */
  message(code: string, values: Named = {}): Word[] {
    const catalog: Readonly<Record<string, string>> = messages[this.language];
    const template = catalog[code];
    if (template === undefined) throw new RangeError(`no message "${code}"`);
    // Every other part is a name.
    return template.split(/\{([a-zA-Z]+)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      const value = values[part];
      if (value === undefined) throw new RangeError(`message "${code}" needs {${part}}`);
      return value;
    });
  }
}

function templateOf(name: string): Template {
  const template = templates[name];
  if (template === undefined) throw new RangeError(`no template "${name}"`);
  return template;
}

/** A name for a function, a variable or a code: nothing bash could read as anything else. */
function identifier(text: unknown): string {
  if (typeof text !== "string" || !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(text))
    throw new RangeError(`"${String(text)}" is no identifier`);
  return text;
}

function decimal(value: unknown): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${String(value)} is no integer`);
  return String(value);
}

/** A word for a human reader: parameters and the script's variables appear as `$NAME`. */
export function readableWord(value: Word): string {
  if (value instanceof ShellVariable) return `$${value.name}`;
  if (isList(value)) return value.map(readableWord).join("");
  return readable(value);
}
