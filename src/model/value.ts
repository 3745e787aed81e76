import { CooperError } from "./errors.js";
import { type ValueOf, type ValueTypeName, valueTypes } from "./value-types.js";

/**
 * A value of the spec: a literal, or an expression known only when the container is started
 * (a parameter, or text and arithmetic over parameters).
 */
export type Value<Name extends ValueTypeName = ValueTypeName> = ValueOf<Name> | Expression;

export type Expression = Parameter | Text | Arithmetic | HostVariable;

/** Turns a parameter into what it stands for. */
export type Bindings = ReadonlyMap<string, string | number>;

export interface ParameterOptions<Result> {
  /** Used when the parameter is given neither as an argument nor in the environment. */
  readonly default: Result;
  /** One line for `--help`. */
  readonly help?: string;
}

let created = 0;

/**
 * A value chosen when the container starts: a positional argument and an environment variable of the
 * generated script, `--set NAME=VALUE` of the command line.
 */
export class Parameter<Name extends ValueTypeName = ValueTypeName> {
  /** Parameters are positional in the order in which they were made. */
  readonly order = created++;
  readonly help: string | undefined;
  readonly default: ValueOf<Name>;

  constructor(
    readonly type: Name,
    readonly name: string,
    options: { default: string | number; help?: string | undefined },
  ) {
    if (!isParameterName(name)) throw CooperError.of("parameter-name", { name });
    const value = valueTypes[type].parse(String(options.default));
    if (value === undefined)
      throw CooperError.of("parameter-default", { name, type, value: String(options.default) });
    this.default = value as ValueOf<Name>;
    this.help = options.help;
  }

  toJSON() {
    return { $param: this.name };
  }

  /** A parameter has no text of its own yet; without this, `${parameter}` would read "[object Object]". */
  toString(): string {
    throw CooperError.of("parameter-in-string", { name: this.name });
  }
}

/** Names that mean something to bash, the dynamic loader or the tools a script runs; those that begin so, too. */
const reserved = new Set(
  [
    "CDPATH CHILD_MAX COLUMNS COPROC DIRSTACK ENV EUID EXECIGNORE FIGNORE FUNCNAME FUNCNEST GLOBIGNORE GROUPS",
    "HOME HOSTFILE HOSTNAME HOSTTYPE IFS IGNOREEOF INPUTRC LANG LANGUAGE LINENO LINES LOCPATH MACHTYPE",
    "MAIL MAILCHECK MAILPATH MAPFILE NLSPATH NO_COLOR OLDPWD OPTARG OPTERR OPTIND OSTYPE PATH PIPESTATUS",
    "POSIXLY_CORRECT PPID PS0 PS1 PS2 PS3 PS4 PS5 PS6 PS7 PS8 PS9 PWD RANDOM REPLY SECONDS SHLVL SRANDOM",
    "TERM TIMEFORMAT TMOUT TMPDIR TZ UID USER",
  ].flatMap((line) => line.split(" ")),
);
const reservedPrefix =
  /^(?:BASH|COMP_|EPOCH|GLIBC_|HIST|LC_|LD_|LIBMOUNT_|MALLOC_|PROMPT_|READLINE_|SHELL|XTABLES_)/;

/** Whether a parameter can have this name. */
export const isParameterName = (name: string): boolean =>
  /^[A-Z][A-Z0-9_]{0,63}$/.test(name) && !reserved.has(name) && !reservedPrefix.test(name);

/** Literal text and values, one after the other. Made with {@link text}. */
export class Text {
  /** Neighbouring literals are one, so that the same text is the same parts. */
  readonly parts: readonly (string | Expression)[];

  constructor(parts: readonly (string | number | Expression)[]) {
    this.parts = parts.reduce<(string | Expression)[]>((joined, part) => {
      const literal = Number.isFinite(part) ? String(part) : part;
      const last = joined.at(-1);
      if (literal === "") return joined;
      if (typeof literal === "string" && typeof last === "string")
        return [...joined.slice(0, -1), last + literal];
      return [...joined, literal as string | Expression];
    }, []);
  }

  toJSON() {
    return { $text: this.parts };
  }

  toString(): string {
    throw CooperError.of("parameter-in-string", { name: "text`…`" });
  }
}

/** Something about the host that only a run knows, such as a directory; in steps, never in a spec. */
export class HostVariable {
  /** What it stands for where nothing is known about a host. */
  readonly default: string;

  constructor(
    /** Its variable in a generated script, and its name among the bindings. */
    readonly name: string,
    fallback: string,
  ) {
    this.default = fallback;
  }

  toJSON() {
    return { $host: this.name };
  }

  /** As a reader sees it. */
  toString(): string {
    return `$${this.name}`;
  }
}

export const operators = { add: "+", subtract: "-", multiply: "*", divide: "/" } as const;

export type Operator = keyof typeof operators;

/** Integer arithmetic as bash does it: 64 bits, division truncates toward zero. */
export class Arithmetic {
  constructor(
    readonly operator: Operator,
    readonly left: number | Expression,
    readonly right: number | Expression,
  ) {}

  toJSON() {
    return { [`$${this.operator}`]: [this.left, this.right] };
  }

  toString(): string {
    throw CooperError.of("parameter-in-string", { name: this.operator });
  }
}

/** Whether something has its value only when parameters, or the host, are known. */
export function isExpression(value: unknown): value is Expression {
  return (
    value instanceof Parameter ||
    value instanceof Text ||
    value instanceof Arithmetic ||
    value instanceof HostVariable
  );
}

/** The parameters a value depends on, each once. */
export function parametersOf(value: unknown): Parameter[] {
  if (value instanceof Parameter) return [value as Parameter];
  return [...new Set(childrenOf(value).flatMap(parametersOf))];
}

/** Whether something is the same in every run: no parameter stands in it, and nothing about the host. */
export const isConstant = (value: unknown): boolean =>
  !(value instanceof Parameter || value instanceof HostVariable) &&
  childrenOf(value).every(isConstant);

function childrenOf(value: unknown): readonly unknown[] {
  if (value instanceof Text) return value.parts;
  if (value instanceof Arithmetic) return [value.left, value.right];
  if (Array.isArray(value)) return value;
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/**
 * The value once the parameters are known; the generated script computes the same with bash expansions.
 *
 * @throws CooperError `value-type` when the result is not of the expected type
 */
export function evaluate<Name extends ValueTypeName>(
  type: Name,
  value: Value<Name>,
  bindings: Bindings,
): ValueOf<Name> {
  const result = isExpression(value) ? resolve(value, bindings) : value;
  const parsed = valueTypes[type].parse(String(result));
  if (parsed === undefined) throw CooperError.of("value-type", { type, value: String(result) });
  return parsed as ValueOf<Name>;
}

/** What a value stands for, its type unchecked; see {@link evaluate}. */
export function resolve(
  value: string | number | Expression,
  bindings: Bindings,
): string | number | bigint {
  if (value instanceof Parameter || value instanceof HostVariable)
    return bindings.get(value.name) ?? value.default;
  if (value instanceof Text)
    return value.parts.map((part) => String(resolve(part, bindings))).join("");
  if (value instanceof Arithmetic)
    return calculate(value.operator, resolve(value.left, bindings), resolve(value.right, bindings));
  return value;
}

/** Integer arithmetic exactly as bash's `$(( ))`: 64-bit two's complement, division toward zero. */
export function calculate(
  operator: Operator,
  left: number | string | bigint,
  right: number | string | bigint,
): bigint {
  const a = BigInt(left);
  const b = BigInt(right);
  if (operator === "divide" && b === 0n) throw CooperError.of("division-by-zero", {});
  const result = { add: a + b, subtract: a - b, multiply: a * b, divide: b === 0n ? 0n : a / b }[
    operator
  ];
  return BigInt.asIntN(64, result);
}
