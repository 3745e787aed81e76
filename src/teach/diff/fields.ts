import { essentialFields, essentialStack } from "../../config/essential-fields.js";
import { isPlainObject } from "../../model/expressions.js";
import { readable } from "../../model/readable.js";
import type { Spec } from "../../model/spec/parse.js";
import { isStack, type Stack } from "../../model/spec/stack.js";
import { isExpression } from "../../model/value.js";

/** A field of the config that is not the same on both sides. */
export interface FieldChange {
  /** Where it is, such as `resources.memory.limit`. */
  readonly field: string;
  /** What it says, as JSON with parameters as `$NAME`; undefined where it is not written. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The fields that have to be written differently; those of a stack's containers have names like `containers[0].name`. */
export function compareFields(before: Spec | Stack, after: Spec | Stack): FieldChange[] {
  const [old, now] = [before, after].map((described) => new Map(written(described)));
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names
    .map((field) => ({ field, before: old?.get(field), after: now?.get(field) }))
    .filter((change) => change.before !== change.after);
}

const written = (described: Spec | Stack): [string, string][] =>
  isStack(described)
    ? essentialStack(described).containers.flatMap((fields, index) =>
        leaves(fields, `containers[${String(index)}]`),
      )
    : leaves(essentialFields(described), "");

/** The values at the ends of a tree of objects; a list is one value. */
export function leaves(value: unknown, field: string): [string, string][] {
  if (!isPlainObject(value)) return [[field, show(value)]];
  return Object.entries(value).flatMap(([name, each]) =>
    leaves(each, field === "" ? name : `${field}.${name}`),
  );
}

function show(value: unknown): string {
  if (isExpression(value)) return readable(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (isPlainObject(value))
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${name}: ${show(each)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}
