import { CooperError, problem } from "./errors.js";
import { nearest } from "./nearest.js";
import {
  Arithmetic,
  calculate,
  type Expression,
  isExpression,
  type Operator,
  operators,
  Parameter,
  parametersOf,
  Text,
} from "./value.js";
import { type ValueTypeName, valueTypes } from "./value-types.js";

/** A plain object as JSON has them; class instances are something else. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  );
}

type Path = readonly PropertyKey[];

/** Applies a function to every node of a tree of plain objects and arrays, children first. */
function transform(
  value: unknown,
  change: (node: unknown, path: Path) => unknown,
  path: Path = [],
): unknown {
  if (Array.isArray(value))
    return change(
      value.map((each, index) => transform(each, change, [...path, index])),
      path,
    );
  if (!isPlainObject(value)) return change(value, path);
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    transform(each, change, [...path, key]),
  ]);
  return change(Object.fromEntries(entries), path);
}

/**
 * Turns the JSON forms of expressions into expressions: `{"$param": "NAME"}`, `{"$text": [...]}`,
 * `{"$add": [left, right]}` and so on. Parameters are declared under `parameters`, in positional order:
 * `{"ROOTFS": {"type": "path", "default": "/srv/rootfs", "help": "..."}}`.
 */
export function reviveExpressions(input: unknown): unknown {
  if (!isPlainObject(input)) return input;
  const { parameters: declared, ...rest } = input;
  const parameters = declareParameters(declared);
  return transform(rest, (node, path) => reviveNode(node, parameters, path));
}

function declareParameters(declared: unknown): Map<string, Parameter> {
  if (declared === undefined) return new Map();
  if (!isPlainObject(declared)) throw malformed("parameters", declared, ["parameters"]);
  return new Map(
    Object.entries(declared).map(([name, options]) => {
      const field = ["parameters", name];
      if (!isPlainObject(options)) throw malformed("parameters", options, field);
      const { type, default: fallback, help, ...unknown } = options;
      const extra = Object.keys(unknown)[0];
      if (extra !== undefined)
        throw CooperError.of(
          "unknown-field",
          {
            name: extra,
            known: ["type", "default", "help"],
            suggestion: nearest(extra, ["type", "default", "help"]),
          },
          { field },
        );
      if (typeof type !== "string" || !Object.hasOwn(valueTypes, type))
        throw malformed("parameter-type", type, [...field, "type"]);
      if (typeof fallback !== "string" && typeof fallback !== "number")
        throw malformed("parameter-default", fallback, [...field, "default"]);
      if (help !== undefined && typeof help !== "string")
        throw malformed("parameter-help", help, [...field, "help"]);
      return [name, new Parameter(type as ValueTypeName, name, { default: fallback, help })];
    }),
  );
}

/** JSON for messages; undefined, which JSON lacks, by its name. */
const toText = (value: unknown) => (JSON.stringify(value) as string | undefined) ?? "undefined";

const expectations = {
  parameters: "object",
  "parameter-type": "string",
  "parameter-default": "string",
  "parameter-help": "string",
} as const;

function malformed(what: keyof typeof expectations, received: unknown, field: Path) {
  const issue =
    what === "parameter-type" && typeof received === "string"
      ? { code: "invalid_value", values: Object.keys(valueTypes), input: received }
      : { code: "invalid_type", expected: expectations[what], input: received };
  return CooperError.of("invalid-value", { issue, received: toText(received) }, { field });
}

function reviveNode(node: unknown, parameters: Map<string, Parameter>, path: Path): unknown {
  if (!isPlainObject(node)) return node;
  const keys = Object.keys(node);
  const [key] = keys;
  if (keys.length !== 1 || !key?.startsWith("$")) return node;
  const content = node[key];
  if (key === "$param") {
    const name = String(content);
    const parameter = parameters.get(name);
    if (parameter !== undefined) return parameter;
    const known = [...parameters.keys()];
    throw CooperError.of(
      "parameter-unknown",
      { name, known, suggestion: nearest(name, known) },
      { field: path },
    );
  }
  if (key === "$text" && Array.isArray(content) && content.every(isTextPart))
    return new Text(content);
  const operator = key.slice(1);
  if (Object.hasOwn(operators, operator) && Array.isArray(content) && content.length === 2) {
    const [left, right] = content as unknown[];
    if (isOperand(left) && isOperand(right))
      return new Arithmetic(operator as Operator, left, right);
  }
  return node;
}

const isTextPart = (part: unknown) =>
  typeof part === "string" || typeof part === "number" || isExpression(part);

const isOperand = (operand: unknown): operand is number | Expression =>
  Number.isSafeInteger(operand) || isExpression(operand);

/**
 * Replaces parameters by the values given for them, and folds text and arithmetic that are then known.
 *
 * @throws CooperError `parameter-unknown`, `value-type`
 */
export function bindParameters(input: unknown, assignments: ReadonlyMap<string, string>): unknown {
  const parameters = new Map(collectParameters(input).map((each) => [each.name, each]));
  const values = new Map<string, string | number>();
  for (const [name, given] of assignments) {
    const parameter = parameters.get(name);
    const known = [...parameters.keys()];
    if (parameter === undefined)
      throw CooperError.of("parameter-unknown", { name, known, suggestion: nearest(name, known) });
    const value = valueTypes[parameter.type].parse(given);
    if (value === undefined)
      throw CooperError.of("value-type", { type: parameter.type, value: given }, { field: [name] });
    values.set(name, value);
  }
  return values.size === 0 ? input : transform(input, (node) => bindNode(node, values));
}

function bindNode(node: unknown, values: ReadonlyMap<string, string | number>): unknown {
  if (node instanceof Parameter) return values.get(node.name) ?? node;
  if (node instanceof Text) {
    const parts = node.parts.map((part) => bindNode(part, values) as string | number);
    return parts.some(isExpression) ? new Text(parts) : parts.join("");
  }
  if (node instanceof Arithmetic) {
    const left = bindNode(node.left, values) as number;
    const right = bindNode(node.right, values) as number;
    if (isExpression(left) || isExpression(right))
      return new Arithmetic(node.operator, left, right);
    const result = Number(calculate(node.operator, left, right));
    // What a number cannot hold exactly stays to be calculated.
    return Number.isSafeInteger(result) ? result : new Arithmetic(node.operator, left, right);
  }
  return node;
}

/** All parameters of a tree in positional order; one name means one parameter. */
export function collectParameters(input: unknown): Parameter[] {
  const byName = new Map<string, Parameter>();
  for (const parameter of parametersOf(input).sort((a, b) => a.order - b.order)) {
    const known = byName.get(parameter.name);
    if (known === undefined) byName.set(parameter.name, parameter);
    else if (known.type !== parameter.type || known.default !== parameter.default)
      throw new CooperError([problem("parameter-conflict", { name: parameter.name })]);
  }
  return [...byName.values()];
}
