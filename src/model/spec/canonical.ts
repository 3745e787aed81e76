import * as z from "zod/mini";
import { isPlainObject } from "../expressions.js";
import { containerSchema } from "./container.js";
import type { Spec } from "./parse.js";
import { member, schemaOf } from "./schema-walk.js";

/**
 * The spec as JSON that {@link parseContainer} reads back to the same spec: every field present, in the
 * order of the schema, parameters declared first. The same spec always gives the same text.
 */
export function canonicalJson(spec: Spec): string {
  const { parameters, ...fields } = spec;
  return JSON.stringify({ ...declaredParameters(parameters), ...orderedFields(fields) }, null, 2);
}

/** Parameters as JSON declares them; nothing when there are none. */
export function declaredParameters(parameters: Spec["parameters"]): object {
  if (parameters.length === 0) return {};
  const declared = parameters.map(({ name, type, default: fallback, help }) => [
    name,
    { type, default: fallback, ...(help === undefined ? {} : { help }) },
  ]);
  return { parameters: Object.fromEntries(declared) as object };
}

/** The fields of a spec in the order of the schema. */
export function orderedFields(spec: Omit<Spec, "parameters">): Readonly<Record<string, unknown>> {
  return inOrder(containerSchema, spec) as Readonly<Record<string, unknown>>;
}

/** Defaults and transforms put fields wherever they like; this puts them in the order of the schema. */
function inOrder(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return value.map((each, index) => inOrder(member(schema, index), each));
  if (!isPlainObject(value)) return value;
  const object = schemaOf(schema, value);
  if (!(object instanceof z.core.$ZodObject)) return value;
  const names = Object.keys(object._zod.def.shape).filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(
    names.map((name) => [name, inOrder(member(schema, name, value), value[name])]),
  );
}
