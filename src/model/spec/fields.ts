import * as z from "zod";
import { containerSchema } from "./container.js";
import { member, unwrap } from "./schema-walk.js";

/** The fields an object of the spec has at a path, for messages. */
export function fieldsAt(path: readonly PropertyKey[]): string[] {
  const schema = path.reduce<z.core.$ZodType | undefined>(
    (outer, key) => outer && member(outer, key),
    containerSchema,
  );
  const object = schema && unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}
