import * as z from "zod/mini";
import { containerSchema } from "./container.js";
import { member, schemaOf, tagsAt } from "./schema-walk.js";

/** The fields an object of the spec has at a path, for messages. */
export function fieldsAt(path: readonly PropertyKey[], given: unknown): string[] {
  const schema = schemaAt(path);
  const object = schema && schemaOf(schema, given);
  return object instanceof z.core.$ZodObject ? Object.keys(object._zod.def.shape) : [];
}

/** The values of a field that tells objects of several shapes apart, such as the type of a mount. */
export function tagsOfField(path: readonly PropertyKey[]): unknown[] {
  const outer = schemaAt(path.slice(0, -1));
  const name = path.at(-1);
  return outer === undefined || name === undefined ? [] : tagsAt(outer, name);
}

const schemaAt = (path: readonly PropertyKey[]) =>
  path.reduce<z.core.$ZodType | undefined>(
    (outer, key) => outer && member(outer, key),
    containerSchema,
  );
