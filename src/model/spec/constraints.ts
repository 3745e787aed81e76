import type * as z from "zod/mini";
import { formatField } from "../errors.js";
import { Arithmetic, type Expression, isExpression, Parameter, Text } from "../value.js";
import { containerSchema } from "./container.js";
import { type Constraint, constraintOf } from "./field.js";
import type { Spec } from "./parse.js";
import { member, unwrap } from "./schema-walk.js";

/** What has to be checked of one expression once it is known. */
export interface Check {
  /** The field it stands in, such as `resources.memory.limit`. */
  readonly field: string;
  /** The same as keys. */
  readonly path: readonly PropertyKey[];
  readonly value: Expression;
  /** The type to check; undefined where the parameter's own type says the same. */
  readonly type: Constraint["type"] | undefined;
  readonly range: Constraint["range"] | undefined;
  readonly form: Constraint["form"];
}

/** The checks of a spec's expressions that literals have passed already. */
export function constraintsOf(spec: Spec): Check[] {
  return expressionsIn(spec, []).flatMap(({ path, value }) => {
    const schema = schemaAt(path, spec);
    return schema === undefined ? [] : checks(schema, value, path);
  });
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly value: Expression;
}

/** The expressions in a value. Most fields are literals, whose schemas need not even be made. */
function expressionsIn(value: unknown, path: readonly PropertyKey[]): Found[] {
  if (isExpression(value)) return [{ path, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    expressionsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The schema of a field; undefined for what has none, such as the parameters themselves. */
function schemaAt(path: readonly PropertyKey[], spec: Spec): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = containerSchema;
  let value: unknown = spec;
  for (const key of path) {
    if (schema === undefined) return undefined;
    schema = member(schema, String(key), value);
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return schema;
}

/** What an expression divides by, what is inside first. */
function divisorsOf(value: unknown): Expression[] {
  if (value instanceof Text) return value.parts.flatMap(divisorsOf);
  if (!(value instanceof Arithmetic)) return [];
  const { operator, left, right } = value;
  const own = operator === "divide" && isExpression(right) ? [right] : [];
  return [...divisorsOf(left), ...divisorsOf(right), ...own];
}

function checks(schema: z.core.$ZodType, value: Expression, path: readonly PropertyKey[]): Check[] {
  const field = formatField(path);
  const divisors = divisorsOf(value).map((divisor): Check => ({
    ...{ field, path, value: divisor, form: "divisor" },
    ...{ type: undefined, range: undefined },
  }));
  const constraint = constraintOf(unwrap(schema));
  if (constraint === undefined) return divisors;
  // Relative root directories are made absolute when the container starts.
  const form = field === "root.path" ? undefined : constraint.form;
  const type =
    constraint.type === "text" || (value instanceof Parameter && value.type === constraint.type)
      ? undefined
      : constraint.type;
  const { range } = constraint;
  const check = { field, path, value, type, range, form };
  return [type, range, form].every((rule) => rule === undefined) ? divisors : [...divisors, check];
}
