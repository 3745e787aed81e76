import * as z from "zod/mini";
import { typeOfText } from "../../../model/spec/field.js";

type Schema = z.core.$ZodType;

/** The type of what a schema accepts, as TypeScript writes it; what `z.input` says, without zod in it. */
export function typeOfSchema(schema: Schema): string {
  if (schema instanceof z.core.$ZodObject) return typeOfObject(schema._zod.def.shape);
  if (schema instanceof z.core.$ZodArray) return `(${typeOfSchema(schema._zod.def.element)})[]`;
  if (schema instanceof z.core.$ZodTuple) return typeOfTuple(schema);
  if (schema instanceof z.core.$ZodRecord)
    return `{ [key: string]: ${typeOfSchema(schema._zod.def.valueType)} }`;
  if (schema instanceof z.core.$ZodUnion)
    return schema._zod.def.options.map((option) => typeOfSchema(option)).join(" | ");
  if (schema instanceof z.core.$ZodOptional || isDefaulted(schema))
    return `${typeOfSchema(schema._zod.def.innerType)} | undefined`;
  if (schema instanceof z.core.$ZodPipe) return typeOfSchema(schema._zod.def.in);
  if (schema instanceof z.core.$ZodLazy) return typeOfSchema(schema._zod.def.getter());
  if (schema instanceof z.core.$ZodEnum) return literals(Object.values(schema._zod.def.entries));
  if (schema instanceof z.core.$ZodLiteral) return literals(schema._zod.def.values);
  if (schema instanceof z.core.$ZodString) return typeOfText(schema) ?? "string";
  if (schema instanceof z.core.$ZodNumber) return "number";
  if (schema instanceof z.core.$ZodBoolean) return "boolean";
  // The only custom check of a value is whether it is an expression.
  if (schema instanceof z.core.$ZodCustom) return "Expression";
  throw new Error(`no type is known for the schema kind ${schema._zod.def.type}`);
}

function typeOfTuple(schema: z.core.$ZodTuple): string {
  const { items, rest } = schema._zod.def;
  const types = items.map((item) => typeOfSchema(item));
  const others = rest === null ? [] : [`...(${typeOfSchema(rest)})[]`];
  return `[${[...types, ...others].join(", ")}]`;
}

function typeOfObject(shape: Record<string, Schema>): string {
  const fields = Object.entries(shape).map(([key, field]) => {
    const optional = field instanceof z.core.$ZodOptional || isDefaulted(field) ? "?" : "";
    return `${JSON.stringify(key)}${optional}: ${typeOfSchema(field)};`;
  });
  return `{ ${fields.join(" ")} }`;
}

function isDefaulted(schema: Schema): schema is z.core.$ZodDefault | z.core.$ZodPrefault {
  return schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodPrefault;
}

const literals = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join(" | ");
