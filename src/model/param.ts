import { Arithmetic, type Expression, Parameter, type ParameterOptions, Text } from "./value.js";
import type { ValueTypeName } from "./value-types.js";

function builder<Name extends ValueTypeName, Accepted extends string | number>(type: Name) {
  return (name: string, options: ParameterOptions<Accepted>): Parameter<Name> =>
    new Parameter(type, name, options);
}

/**
 * Parameters: values that are chosen when the container starts.
 *
 * @example
 * import { param, plan, parseContainer } from "cooper";
 *
 * const limit = param.bytes("MEM_LIMIT", { default: "256MiB", help: "memory limit" });
 * const spec = parseContainer({ privileged: true, resources: { memory: { limit } } });
 * console.log(spec.parameters.map(({ name, default: value }) => `${name}=${value}`)); // [ 'MEM_LIMIT=268435456' ]
 */
export const param = {
  /** A container or host name: `[A-Za-z0-9][A-Za-z0-9_.-]*`, at most 63 characters. */
  name: builder<"name", string>("name"),
  /** A path without control characters. */
  path: builder<"path", string>("path"),
  /** A decimal integer of at most 15 digits. */
  integer: builder<"integer", number>("integer"),
  /** An amount of memory: bytes, or a text such as "256MiB" or "256m". */
  bytes: builder<"bytes", string | number>("bytes"),
  /** Any text without a NUL character. */
  text: builder<"text", string>("text"),
};

/**
 * Text over parameters; a tagged template.
 *
 * @example
 * import { param, run, text } from "cooper";
 *
 * const who = param.text("WHO", { default: "nobody" });
 * const box = await run(
 *   { privileged: true, process: { args: ["sh", "-c", text`test "${who}" = me`] } },
 *   { params: { WHO: "me" } },
 * );
 * console.log(await box.wait()); // { code: 0 }
 */
export function text(
  strings: TemplateStringsArray | readonly string[],
  ...values: (string | number | Expression)[]
): Text {
  const parts = strings.flatMap((part, index) => {
    const value = values[index];
    return value === undefined ? [part] : [part, value];
  });
  return new Text(parts);
}

type Operand = number | Expression;

/**
 * `left + right` over parameters: integers of 64 bits.
 *
 * @example
 * import { add, param, text } from "cooper";
 *
 * const port = param.integer("PORT", { default: 8000 });
 * console.log(JSON.stringify(text`--port=${add(port, 1)}`)); // {"$text":["--port=",{"$add":[{"$param":"PORT"},1]}]}
 */
export const add = (left: Operand, right: Operand) => new Arithmetic("add", left, right);
/**
 * `left - right` over parameters: integers of 64 bits.
 *
 * @example
 * import { param, subtract } from "cooper";
 *
 * const memory = param.bytes("MEMORY", { default: "256MiB" });
 * console.log(JSON.stringify(subtract(memory, 1024))); // {"$subtract":[{"$param":"MEMORY"},1024]}
 */
export const subtract = (left: Operand, right: Operand) => new Arithmetic("subtract", left, right);
/**
 * `left * right` over parameters: integers of 64 bits.
 *
 * @example
 * import { multiply, param } from "cooper";
 *
 * const cpus = param.integer("CPUS", { default: 2 });
 * console.log(JSON.stringify({ quota: multiply(cpus, 100_000) })); // {"quota":{"$multiply":[{"$param":"CPUS"},100000]}}
 */
export const multiply = (left: Operand, right: Operand) => new Arithmetic("multiply", left, right);
/**
 * `left / right` over parameters: integers of 64 bits, truncated toward zero as bash does.
 *
 * @example
 * import { divide, param } from "cooper";
 *
 * const percent = param.integer("PERCENT", { default: 50 });
 * console.log(JSON.stringify(divide(percent, 2))); // {"$divide":[{"$param":"PERCENT"},2]}
 */
export const divide = (left: Operand, right: Operand) => new Arithmetic("divide", left, right);
