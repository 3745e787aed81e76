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
 * const memory = param.bytes("MEM_LIMIT", { default: "256MiB", help: "memory limit" });
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
 * hostname: text`${name}.local`
 */
export function text(
  strings: TemplateStringsArray | readonly string[],
  ...values: (string | number | Expression)[]
): Text {
  const parts = strings.flatMap((part, index) => {
    const value = values[index];
    return value === undefined ? [part] : [part, value];
  });
  return new Text(parts.filter((part) => part !== ""));
}

type Operand = number | Expression;

/** `left + right` over parameters. */
export const add = (left: Operand, right: Operand) => new Arithmetic("add", left, right);
/** `left - right` over parameters. */
export const subtract = (left: Operand, right: Operand) => new Arithmetic("subtract", left, right);
/** `left * right` over parameters. */
export const multiply = (left: Operand, right: Operand) => new Arithmetic("multiply", left, right);
/** `left / right` over parameters; integer division, truncated toward zero. */
export const divide = (left: Operand, right: Operand) => new Arithmetic("divide", left, right);
