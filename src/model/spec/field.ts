// A class of zod's with methods takes longer to set up than a config to check by it.
import * as z from "zod/mini";
import type { Translated } from "../language.js";
import { type Expression, Arithmetic, isExpression, Parameter, Text } from "../value.js";
import { type ValueOf, type ValueTypeName, valueTypes } from "../value-types.js";
import type { ProblemCode } from "../errors.js";
import { type Form, forms } from "./forms.js";

declare module "zod/v4/core" {
  interface GlobalMeta {
    /** The description in Chinese, beside zod's own `description`. */
    chinese?: string;
  }
}

/** Gives a field its documentation; the JSON Schema and the config reference are made from it. */
export function documented<Schema extends z.ZodMiniType>(schema: Schema, text: Translated): Schema {
  const own = z.globalRegistry.has(schema) ? z.clone(schema) : schema;
  z.globalRegistry.add(own, { description: text.en, chinese: text.zh });
  return own;
}

/** What a check or a change of a value tells what is wrong to. */
interface Context {
  readonly addIssue: (found: ReturnType<typeof issue>) => void;
}

/** A schema with a further check of what has passed it. */
export function refined<Schema extends z.ZodMiniType>(
  schema: Schema,
  check: (value: z.output<Schema>, context: Context) => void,
): Schema {
  return schema.check(z.superRefine(check));
}

/** A schema whose values become something else; `z.NEVER` where what is wrong has been told. */
export function transformed<Schema extends z.ZodMiniType, Output>(
  schema: Schema,
  change: (value: z.output<Schema>, context: Context) => Output,
) {
  return z.pipe(
    schema,
    z.transform((value: z.output<Schema>, { issues }) =>
      change(value, { addIssue: (found) => issues.push({ ...found, input: value }) }),
    ),
  );
}

/**
 * A schema that is made, once, when there is a value to check by it: to make all takes longer than to check.
 *
 * @param make makes one that has to have a value; whoever may leave it out says so outside, by `optional()`
 */
export function later<Schema extends z.ZodMiniType>(make: () => Schema): z.ZodMiniLazy<Schema> {
  let made: Schema | undefined;
  const schema = z.lazy(() => (made ??= make()));
  // An object asks all its fields whether they may be missing; zod would make the schema to find out.
  const required = { value: undefined };
  Object.defineProperties(schema._zod, { optin: required, optout: required });
  return schema;
}

/** An issue that carries one of Cooper's own problem codes through zod. */
export function issue(code: ProblemCode, parameters: object = {}, path: PropertyKey[] = []) {
  return { code: "custom" as const, path, params: { problem: code, ...parameters } };
}

/** Which parameter types an expression of a type may be made of. */
const accepted: Record<ValueTypeName, readonly ValueTypeName[]> = {
  name: ["name"],
  path: ["path"],
  integer: ["integer", "bytes"],
  bytes: ["bytes", "integer"],
  text: ["text", "name", "path", "integer", "bytes"],
};

/** An expression over parameters; `Text` is checked again when it is known, by the script too. */
function expression(type: ValueTypeName) {
  return refined(z.custom<Expression>(isExpression), (value, context) => {
    if (value instanceof Parameter && !accepted[type].includes(value.type))
      context.addIssue(issue("expression-type", { type, name: value.name, actual: value.type }));
    const number = type === "integer" || type === "bytes";
    if (value instanceof Arithmetic && !number && type !== "text")
      context.addIssue(issue("value-type", { type, value: "arithmetic" }));
    if (value instanceof Text && number)
      context.addIssue(issue("value-type", { type, value: "text" }));
    for (const found of partProblems(value)) context.addIssue(found);
  });
}

/** What is wrong inside an expression: bash would take the name of a text in arithmetic for a command. */
function partProblems(value: Expression): ReturnType<typeof issue>[] {
  if (value instanceof Text)
    return value.parts.flatMap((part: unknown) => {
      if (isExpression(part)) return partProblems(part);
      const literal = typeof part === "string" || Number.isFinite(part);
      if (literal && valueTypes.text.parse(String(part)) !== undefined) return [];
      return [issue("value-type", { type: "text", value: show(part) })];
    });
  if (value instanceof Arithmetic && value.operator === "divide" && value.right === 0)
    return [issue("division-by-zero")];
  if (value instanceof Arithmetic)
    return [value.left, value.right].flatMap((operand: unknown) => {
      if (operand instanceof Arithmetic) return partProblems(operand);
      if (operand instanceof Parameter) {
        const { name, type: actual } = operand as Parameter;
        return accepted.integer.includes(actual)
          ? []
          : [issue("expression-type", { type: "integer", name, actual })];
      }
      if (Number.isSafeInteger(operand)) return [];
      return [issue("value-type", { type: "integer", value: show(operand) })];
    });
  return [];
}

/** What came, for a message. */
const show = (part: unknown) =>
  part instanceof Text ? "text" : ((JSON.stringify(part) as string | undefined) ?? String(part));

/** What a person may write for a literal: an amount of memory also as text. */
type Written<Name extends ValueTypeName> = Name extends "bytes" ? number | string : ValueOf<Name>;

function literal<Name extends ValueTypeName>(type: Name) {
  const base: z.ZodMiniType<string | number> =
    type === "bytes"
      ? z.union([z.int().check(z.minimum(0)), z.string()])
      : type === "integer"
        ? z.int()
        : z.string();
  // The schema was chosen by the type; the compiler cannot follow that.
  const typed = base as z.ZodMiniType<string | number, Written<Name>>;
  return transformed(typed, (value, context): ValueOf<Name> => {
    const parsed = valueTypes[type].parse(String(value));
    if (parsed === undefined) {
      context.addIssue(issue("value-type", { type, value: String(value) }));
      return z.NEVER;
    }
    return parsed as ValueOf<Name>;
  });
}

const textTypes = new WeakMap<z.core.$ZodType, string>();

/**
 * A text that is checked by what follows, so that what is wrong with it is told in words of our own.
 *
 * @param type the texts there are, as TypeScript writes the type
 * @param jsonSchema the same for the JSON Schema
 */
export function textOf<Type extends string>(
  type: string,
  jsonSchema: Readonly<Record<string, unknown>>,
) {
  // A schema of its own for each: zod's own are made anew by every call.
  const schema = z.string().check(z.meta(jsonSchema)) as z.ZodMiniType<string, string>;
  textTypes.set(schema, type);
  // The schema was described by the caller; the compiler cannot follow that.
  return schema as z.ZodMiniType<Type, Type>;
}

/** The type of a field made with {@link textOf}. */
export const typeOfText = (schema: z.core.$ZodType): string | undefined => textTypes.get(schema);

/** What a value must be beyond its type. */
export interface Constraint {
  readonly type: ValueTypeName;
  /** Inclusive bounds of a number, and their unit. */
  readonly range?: { readonly minimum: number; readonly maximum: number; readonly unit: string };
  /** What it has to look like. */
  readonly form?: Form;
}

const constraints = new WeakMap<z.core.$ZodType, Constraint>();

/** The constraint of a field made with {@link value}; the script checks expressions by it when it runs. */
export function constraintOf(schema: z.core.$ZodType): Constraint | undefined {
  const first = schema instanceof z.core.$ZodUnion ? schema._zod.def.options[0] : undefined;
  return first === undefined ? undefined : constraints.get(first);
}

/** The problem code and parameters of a value that breaks a constraint. */
export function violation(
  given: string | number,
  { range, form }: Constraint,
): ReturnType<typeof issue> | undefined {
  if (form !== undefined && !forms[form].holds(String(given)))
    return issue(forms[form].problem, { value: given });
  if (range && (Number(given) < range.minimum || Number(given) > range.maximum))
    return issue("limit-range", { value: String(given), ...range });
  return undefined;
}

/** Both halves of a field of a type, which all fields without rules share. */
const halves = new Map<ValueTypeName, ReturnType<typeof makeHalves>>();

function makeHalves(type: ValueTypeName) {
  const plain = literal(type);
  constraints.set(plain, { type });
  return { plain, expression: expression(type) };
}

function halvesOf<Name extends ValueTypeName>(type: Name) {
  const made = halves.get(type) ?? makeHalves(type);
  halves.set(type, made);
  return { plain: made.plain as ReturnType<typeof literal<Name>>, expression: made.expression };
}

/** A field whose value may be a literal or come from a parameter. */
export function value<Name extends ValueTypeName>(type: Name, rules?: Omit<Constraint, "type">) {
  const { plain, expression } = halvesOf(type);
  if (rules === undefined) return z.union([plain, expression]);
  const constraint: Constraint = { type, ...rules };
  const checked = refined(plain, (parsed, context) => {
    const found = violation(parsed, constraint);
    if (found !== undefined) context.addIssue(found);
  });
  constraints.set(checked, constraint);
  return z.union([checked, expression]);
}
