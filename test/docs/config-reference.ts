import type { Language } from "../../src/model/language.js";
import { containerJsonSchema } from "../../src/model/spec/json-schema.js";

/** What a JSON Schema says about one field, with both languages of its documentation. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly chinese?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** The config reference: every field of a container, from the schema that validates it. */
export function configReference(language: Language): string {
  const { title, introduction, usually } = texts[language];
  const defaultOf = ({ default: value }: Schema) =>
    value === undefined || isObject(value) ? "" : `${usually} \`${JSON.stringify(value)}\``;
  const items = fields(containerJsonSchema() as Schema, "").flatMap(({ path, schema }) => {
    const text = language === "zh" ? schema.chinese : schema.description;
    return text === undefined
      ? []
      : [`- \`${path}\` (${valuesOf(schema)}${defaultOf(schema)}): ${prose(text)}`];
  });
  return [`# ${title}`, introduction, [...new Set(items)].join("\n"), ""].join("\n\n");
}

const texts = {
  en: {
    title: "Config reference",
    introduction:
      "The fields of a container. `[]` stands for each element of a list, `[tmpfs]` for those of this type and `*` for each name. A value that is text or a number may also be a parameter, or text or arithmetic over parameters. `cooper schema` prints the JSON Schema.",
    usually: "; default",
  },
  zh: {
    title: "配置参考",
    introduction:
      "容器的全部字段。`[]` 表示列表的每个元素，`[tmpfs]` 表示该类型的元素，`*` 表示每个名称。文本和数值也可以是参数，或由参数组成的文本和算式。`cooper schema` 打印 JSON Schema。",
    usually: "；默认值",
  },
} as const;

/** All fields below a schema, with their paths, each before those inside it. */
function fields(schema: Schema, path: string): { path: string; schema: Schema }[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const below = path === "" ? name : `${path}.${name}`;
    return [{ path: below, schema: inner }, ...fields(inner, below)];
  });
  const { items, additionalProperties: values } = schema;
  return [
    ...own,
    ...(items === undefined ? [] : fields(items, `${path}[]`)),
    ...(typeof values === "object" ? fields(values, `${path}.*`) : []),
    ...alternatives(schema).flatMap((each) => fields(each, chosen(path, each))),
  ];
}

/** Elements that are told apart by their type, such as mounts, are named by it. */
function chosen(path: string, { properties }: Schema): string {
  const type = properties?.["type"]?.const;
  return typeof type === "string" ? path.replace(/\[\]$/, `[${type}]`) : path;
}

const alternatives = ({ anyOf = [], oneOf = [] }: Schema) => [...anyOf, ...oneOf];

/** Its possible words, or the types of its values. */
function valuesOf(schema: Schema): string {
  const words = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const own =
    words.length > 0 ? words.map((each) => JSON.stringify(each)) : [schema.type ?? []].flat();
  const all = new Set([
    ...own.map((each) => `\`${each}\``),
    ...alternatives(schema)
      .map(valuesOf)
      .filter((each) => each !== ""),
  ]);
  return [...all].join(", ");
}

/** A default that is an object is told by the fields in it. */
const isObject = (value: unknown) => typeof value === "object" && !Array.isArray(value);

/** Prose, of which nothing is markup but what stands between backticks. */
const prose = (text: string) =>
  text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_<>[\]]/g, "\\$&")))
    .join("");
