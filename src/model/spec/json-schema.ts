import * as z from "zod/mini";
import { operators } from "../value.js";
import { valueTypes } from "../value-types.js";
import { containerSchema } from "./container.js";

/** The JSON Schema (draft 2020-12) of a container config, made from the same schema that validates it. */
export function containerJsonSchema(): object {
  const schema = z.toJSONSchema(containerSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "custom") jsonSchema.$ref = "#/$defs/expression";
    },
  });
  return {
    title: "Cooper container",
    ...schema,
    properties: { parameters: parametersSchema, ...schema.properties },
    $defs: { expression: expressionSchema },
  };
}

const parametersSchema = {
  type: "object",
  description: "Values chosen when the container starts, in positional order.",
  chinese: "容器启动时才确定的值，按位置顺序排列。",
  additionalProperties: {
    type: "object",
    properties: {
      type: { enum: Object.keys(valueTypes) },
      default: { type: ["string", "number"] },
      help: { type: "string" },
    },
    required: ["type", "default"],
    additionalProperties: false,
  },
};

const operand = { anyOf: [{ type: "integer" }, { $ref: "#/$defs/expression" }] };
const single = (name: string, content: object) => ({
  type: "object",
  properties: { [name]: content },
  required: [name],
  additionalProperties: false,
});

const expressionSchema = {
  description: "A value known only when the container starts.",
  chinese: "容器启动时才确定的值。",
  anyOf: [
    single("$param", { type: "string" }),
    single("$text", {
      type: "array",
      items: { anyOf: [{ type: ["string", "integer"] }, { $ref: "#/$defs/expression" }] },
    }),
    ...Object.keys(operators).map((name) =>
      single(`$${name}`, {
        type: "array",
        prefixItems: [operand, operand],
        minItems: 2,
        maxItems: 2,
      }),
    ),
  ],
};
