/** The keywords of draft 2020-12 that Cooper's schema uses. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly chinese?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** Keywords that hold schemas: one, a list, or one per name. */
const single = ["additionalProperties", "items", "propertyNames"] as const;
const lists = ["anyOf", "oneOf", "prefixItems"] as const;
const maps = ["$defs", "properties"] as const;
const annotations = ["$schema", "title", "description", "chinese", "default"] as const;
const assertions = [
  "$ref",
  "type",
  "enum",
  "const",
  "required",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "pattern",
] as const;

export const knownKeywords: ReadonlySet<string> = new Set<string>([
  ...single,
  ...lists,
  ...maps,
  ...annotations,
  ...assertions,
]);

/** Every schema inside a schema, itself included. */
export function subschemas(schema: JsonSchema): JsonSchema[] {
  const inner = [
    ...single.map((key) => schema[key]),
    ...lists.flatMap((key) => schema[key] ?? []),
    ...maps.flatMap((key) => Object.values(schema[key] ?? {})),
  ].filter((each) => typeof each === "object");
  return [schema, ...inner.flatMap(subschemas)];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "null") return value === null;
  return typeof value === type;
}

export const resolveReference = (root: JsonSchema, reference: string): JsonSchema | undefined =>
  root.$defs?.[reference.replace(/^#\/\$defs\//, "")];

/** Whether JSON data is valid against a schema that uses just {@link knownKeywords}. */
export function isValid(root: JsonSchema, value: unknown, schema: JsonSchema = root): boolean {
  const valid = (inner: JsonSchema, each: unknown) => isValid(root, each, inner);
  if (schema.$ref !== undefined) {
    const target = resolveReference(root, schema.$ref);
    if (target === undefined || !valid(target, value)) return false;
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => hasType(value, type))) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if ("const" in schema && schema.const !== value) return false;
  if (schema.anyOf !== undefined && !schema.anyOf.some((each) => valid(each, value))) return false;
  if (schema.oneOf !== undefined && schema.oneOf.filter((each) => valid(each, value)).length !== 1)
    return false;
  if (isObject(value) && !validObject(schema, value, valid)) return false;
  if (Array.isArray(value) && !validArray(schema, value, valid)) return false;
  if (typeof value === "number") {
    if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)) return false;
  }
  if (typeof value === "string" && schema.pattern !== undefined)
    return new RegExp(schema.pattern, "u").test(value);
  return true;
}

type Valid = (schema: JsonSchema, value: unknown) => boolean;

function validObject(schema: JsonSchema, value: Record<string, unknown>, valid: Valid): boolean {
  if (schema.required?.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, each]) => {
    if (schema.propertyNames !== undefined && !valid(schema.propertyNames, name)) return false;
    const own = schema.properties?.[name];
    if (own !== undefined) return valid(own, each);
    const rest = schema.additionalProperties ?? true;
    return typeof rest === "boolean" ? rest : valid(rest, each);
  });
}

function validArray(schema: JsonSchema, value: unknown[], valid: Valid): boolean {
  if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity))
    return false;
  return value.every((each, index) => {
    const inner = schema.prefixItems?.[index] ?? schema.items;
    return inner === undefined || valid(inner, each);
  });
}
