import type { Language } from "./language.js";
import { en } from "./messages/en.js";
import { zh } from "./messages/zh.js";

const catalogs = { en, zh } as const satisfies Record<Language, typeof en>;

/** What a problem is about, for programs: the same in every language. */
export type ProblemCode = keyof typeof en;

/** A place in a config file; line and column count from 1. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The whole source line, without its line end. */
  readonly text: string;
  /** How many characters from `column` on are meant. */
  readonly length: number;
}

/** One thing that is wrong: a code that tests and programs rely on, and what the message needs. */
export interface Problem<Code extends ProblemCode = ProblemCode> {
  readonly code: Code;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The field of the spec, such as `resources.memory.limit`. */
  readonly field?: readonly PropertyKey[] | undefined;
  readonly span?: Span | undefined;
}

/** What the message of a code needs. */
type ProblemParameters<Code extends ProblemCode> =
  Parameters<(typeof en)[Code]> extends [infer Needed] ? Needed : object;

/** Builds a problem; the parameters are checked against what the code's message uses. */
export function problem<Code extends ProblemCode>(
  code: Code,
  parameters: ProblemParameters<Code>,
  place: Pick<Problem, "field" | "span"> = {},
): Problem<Code> {
  return { code, parameters: parameters as Readonly<Record<string, unknown>>, ...place };
}

/**
 * What Cooper throws when something given to it is wrong. `message` is English; see {@link describe}.
 *
 * @example
 * import { CooperError, parseContainer } from "cooper";
 *
 * try {
 *   parseContainer({ privileged: true, hostnam: "web" });
 * } catch (error) {
 *   if (!(error instanceof CooperError)) throw error;
 *   console.log(error.code, error.problems.length); // unknown-field 1
 * }
 */
export class CooperError extends Error {
  override readonly name = "CooperError";

  constructor(
    readonly problems: readonly [Problem, ...Problem[]],
    options?: ErrorOptions,
  ) {
    super(problems.map((each) => describe(each, "en")).join("\n"), options);
  }

  static of<Code extends ProblemCode>(
    code: Code,
    parameters: ProblemParameters<Code>,
    place: Pick<Problem, "field" | "span"> & ErrorOptions = {},
  ): CooperError {
    const { cause, ...where } = place;
    return new CooperError(
      [problem(code, parameters, where)],
      cause === undefined ? undefined : { cause },
    );
  }

  /** The code of the first problem. */
  get code(): ProblemCode {
    return this.problems[0].code;
  }
}

/** `process.args[0]`: a field path as one writes it in TypeScript. */
export function formatField(field: readonly PropertyKey[]): string {
  return field.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${String(key)}]`;
    const name = String(key);
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
    return path === "" ? name : `${path}.${name}`;
  }, "");
}

/**
 * The problem in words, with its place; a source line is shown with a caret under what is meant.
 *
 * @example
 * import { CooperError, describe, parseContainer } from "cooper";
 *
 * try {
 *   parseContainer({ privileged: true, resources: { cpu: { cpus: 1, quota: 5000 } } });
 * } catch (error) {
 *   if (!(error instanceof CooperError)) throw error;
 *   console.log(describe(error.problems[0], "en")); // resources.cpu: give either `cpus` or `quota`, not both
 * }
 */
export function describe(each: Problem, language: Language): string {
  const render = catalogs[language][each.code] as (parameters: unknown) => string;
  const field = each.field?.length ? `${formatField(each.field)}: ` : "";
  const { span } = each;
  if (span === undefined) return `${field}${render(each.parameters)}`;
  const place = `${span.file}:${String(span.line)}:${String(span.column)}`;
  const caret = caretLine(span);
  return `${place}: ${field}${render(each.parameters)}\n  ${span.text}\n  ${caret}`;
}

/** Spaces up to the column and carets below what is meant; tabs are kept so that both lines align. */
function caretLine({ text, column, length }: Span): string {
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const rest = Math.max(1, text.length - (column - 1));
  return indent + "^".repeat(Math.max(1, Math.min(length, rest)));
}
