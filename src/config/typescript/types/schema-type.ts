import * as z from "zod";
import { typeOfText } from "../../../model/spec/field.js";

type Schema = z.core.$ZodType;

/** The type of what a schema accepts, as TypeScript writes it; what `z.input` says, without zod in it. */
export function typeOfSchema(schema: Schema): string {
  if (schema instanceof z.ZodObject) return typeOfObject(schema.shape);
  if (schema instanceof z.ZodArray) return `(${typeOfSchema(schema.element)})[]`;
  if (schema instanceof z.ZodTuple) return typeOfTuple(schema);
  if (schema instanceof z.ZodRecord) return `{ [key: string]: ${typeOfSchema(schema.valueType)} }`;
  if (schema instanceof z.ZodUnion)
    return (schema.options as readonly Schema[]).map((option) => typeOfSchema(option)).join(" | ");
  if (schema instanceof z.ZodOptional || isDefaulted(schema))
    return `${typeOfSchema(schema.unwrap())} | undefined`;
  if (schema instanceof z.ZodPipe) return typeOfSchema(schema.in);
  if (schema instanceof z.ZodLazy) return typeOfSchema(schema.unwrap());
  if (schema instanceof z.ZodEnum) return literals(schema.options);
  if (schema instanceof z.ZodLiteral) return literals([...schema.values]);
  if (schema instanceof z.ZodString) return typeOfText(schema) ?? "string";
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "boolean";
  // The only custom check of a value is whether it is an expression.
  if (schema instanceof z.ZodCustom) return "Expression";
  throw new Error(`no type is known for the schema kind ${schema._zod.def.type}`);
}

function typeOfTuple({ def: { items, rest } }: z.ZodTuple): string {
  const types = items.map((item) => typeOfSchema(item));
  const others = rest === null ? [] : [`...(${typeOfSchema(rest)})[]`];
  return `[${[...types, ...others].join(", ")}]`;
}

function typeOfObject(shape: Record<string, Schema>): string {
  const fields = Object.entries(shape).map(([key, field]) => {
    const optional = field instanceof z.ZodOptional || isDefaulted(field) ? "?" : "";
    return `${JSON.stringify(key)}${optional}: ${typeOfSchema(field)};`;
  });
  return `{ ${fields.join(" ")} }`;
}

function isDefaulted(schema: Schema): schema is z.ZodDefault | z.ZodPrefault {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
}

const literals = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join(" | ");
