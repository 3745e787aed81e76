import {
  type Bindings,
  type Expression,
  isConstant,
  isExpression,
  resolve,
} from "../model/value.js";

/** The same type with every expression replaced by what it stands for. */
export type Known<T> = T extends Expression
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [Key in keyof T]: KnownMember<T[Key]> };

/** A member that may be a number or an expression is a number; one that may be text is text. */
type KnownMember<T> = [Extract<T, number>] extends [never]
  ? Known<T>
  : Exclude<Known<T>, string> | (string extends Exclude<T, Expression> ? string : never);

/** Replaces every expression in a step's fields by its value; once for all where that is the same in every run. */
export function makeKnown<T>(fields: T): (bindings: Bindings) => Known<T> {
  let constant: Known<T> | undefined;
  let varies: boolean | undefined;
  return (bindings) => {
    varies ??= !isConstant(fields);
    if (varies) return replace(fields, bindings) as Known<T>;
    constant ??= replace(fields, bindings) as Known<T>;
    return constant;
  };
}

function replace(value: unknown, bindings: Bindings): unknown {
  if (isExpression(value)) {
    const known = resolve(value, bindings);
    // Arithmetic is exact in 64 bits; the fields that are numbers have been checked to fit a number.
    return typeof known === "bigint" && Number.isSafeInteger(Number(known)) ? Number(known) : known;
  }
  if (Array.isArray(value)) return value.map((each) => replace(each, bindings));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, replace(each, bindings)]),
  );
}
