import * as z from "zod";
import { isPlainObject } from "../expressions.js";

type Schema = z.core.$ZodType;

/** The schema below defaults, optionals, transforms and what is made later; of alternatives to an object, the object. */
export function unwrap(schema: Schema): Schema {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
  )
    return unwrap(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion))
    return schema.options.map(unwrap).find((option) => option instanceof z.ZodObject) ?? schema;
  return schema;
}

/**
 * The schema of an object: of several that are told apart by a field, such as the mounts by their type, the one
 * that a value is meant for.
 */
export function schemaOf(schema: Schema, value: unknown): Schema {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return inner;
  const { discriminator } = inner.def;
  const tag = isPlainObject(value) ? value[discriminator] : undefined;
  const options = objects(inner);
  return options.find((each) => tagsOf(each, discriminator).includes(tag)) ?? options[0] ?? inner;
}

/** The tags of a field that tells several schemas apart; none for any other field. */
export function tagsAt(schema: Schema, field: PropertyKey): unknown[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodDiscriminatedUnion) || inner.def.discriminator !== field) return [];
  return objects(inner).flatMap((each) => tagsOf(each, field));
}

const objects = (union: z.ZodDiscriminatedUnion) =>
  union.options.filter((each) => each instanceof z.ZodObject);

function tagsOf(object: z.ZodObject, field: string): unknown[] {
  const tag: unknown = object.shape[field];
  return tag instanceof z.ZodLiteral ? [...tag.values] : [];
}

/**
 * The schema of a member: a field of an object, an element of an array or a tuple, a value of a record.
 *
 * @param value the whole that has the member, where it is known
 */
export function member(schema: Schema, key: PropertyKey, value?: unknown): Schema | undefined {
  const inner = schemaOf(schema, value);
  if (inner instanceof z.ZodObject) return inner.shape[String(key)] as Schema | undefined;
  if (inner instanceof z.ZodArray) return inner.element;
  if (inner instanceof z.ZodTuple)
    return inner.def.items[Number(key)] ?? inner.def.rest ?? undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType;
  return undefined;
}
