import * as z from "zod/mini";
import { isPlainObject } from "../expressions.js";

type Schema = z.core.$ZodType;

/** The schema below defaults, optionals, transforms and what is made later; of alternatives to an object, the object. */
export function unwrap(schema: Schema): Schema {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault
  )
    return unwrap(schema._zod.def.innerType);
  if (schema instanceof z.core.$ZodLazy) return unwrap(schema._zod.def.getter());
  if (schema instanceof z.core.$ZodPipe) return unwrap(schema._zod.def.in);
  if (schema instanceof z.core.$ZodUnion && !(schema instanceof z.core.$ZodDiscriminatedUnion))
    return (
      schema._zod.def.options.map(unwrap).find((option) => option instanceof z.core.$ZodObject) ??
      schema
    );
  return schema;
}

/**
 * The schema of an object: of several that are told apart by a field, such as the mounts by their type, the one
 * that a value is meant for.
 */
export function schemaOf(schema: Schema, value: unknown): Schema {
  const inner = unwrap(schema);
  if (!(inner instanceof z.core.$ZodDiscriminatedUnion)) return inner;
  const { discriminator } = inner._zod.def;
  const tag = isPlainObject(value) ? value[discriminator] : undefined;
  const options = objects(inner);
  return options.find((each) => tagsOf(each, discriminator).includes(tag)) ?? options[0] ?? inner;
}

/** The tags of a field that tells several schemas apart; none for any other field. */
export function tagsAt(schema: Schema, field: PropertyKey): unknown[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.core.$ZodDiscriminatedUnion) || inner._zod.def.discriminator !== field)
    return [];
  return objects(inner).flatMap((each) => tagsOf(each, field));
}

const objects = (union: z.core.$ZodDiscriminatedUnion) =>
  union._zod.def.options.filter((each) => each instanceof z.core.$ZodObject);

function tagsOf(object: z.core.$ZodObject, field: string): unknown[] {
  const tag: unknown = object._zod.def.shape[field];
  return tag instanceof z.core.$ZodLiteral ? [...tag._zod.def.values] : [];
}

/**
 * The schema of a member: a field of an object, an element of an array or a tuple, a value of a record.
 *
 * @param value the whole that has the member, where it is known
 */
export function member(schema: Schema, key: PropertyKey, value?: unknown): Schema | undefined {
  const inner = schemaOf(schema, value);
  if (inner instanceof z.core.$ZodObject) return inner._zod.def.shape[String(key)];
  if (inner instanceof z.core.$ZodArray) return inner._zod.def.element;
  if (inner instanceof z.core.$ZodTuple)
    return inner._zod.def.items[Number(key)] ?? inner._zod.def.rest ?? undefined;
  if (inner instanceof z.core.$ZodRecord) return inner._zod.def.valueType;
  return undefined;
}
