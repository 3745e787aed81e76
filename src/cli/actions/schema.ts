import * as z from "zod/mini";
import { print } from "../print.js";

const schemas = {
  config: async () => (await import("../../model/spec/json-schema.js")).containerJsonSchema(),
  manifest: async () => z.toJSONSchema((await import("../../audit/manifest.js")).manifestSchema),
  policy: async () =>
    z.toJSONSchema((await import("../../audit/policy.js")).policySchema, { io: "input" }),
} satisfies Record<string, () => Promise<object>>;

export type SchemaName = keyof typeof schemas;

/** `cooper schema`: the JSON Schema (draft 2020-12) of what people write, or of what Cooper prints. */
export async function schemaCommand(name: SchemaName): Promise<void> {
  print(`${JSON.stringify(await schemas[name](), null, 2)}\n`);
}
