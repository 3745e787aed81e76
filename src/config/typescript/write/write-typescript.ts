import * as z from "zod/mini";
import { isPlainObject } from "../../../model/expressions.js";
import { containerSchema } from "../../../model/spec/container.js";
import { constraintOf } from "../../../model/spec/field.js";
import type { Spec } from "../../../model/spec/parse.js";
import { isStack, type Stack } from "../../../model/spec/stack.js";
import { member, unwrap } from "../../../model/spec/schema-walk.js";
import { textWidth } from "../../../model/text-width.js";
import { formatBytes } from "../../../model/units.js";
import {
  Arithmetic,
  type Expression,
  isExpression,
  HostVariable,
  Parameter,
  Text,
} from "../../../model/value.js";
import { essentialFields, essentialStack } from "../../essential-fields.js";
import { memberName, numberLiteral, stringLiteral, templatePart } from "./literals.js";
import { variableNames } from "./variables.js";

/** Columns of a line, as in the configs of this project. */
const columns = 100;

/**
 * Writes a container or a stack as the TypeScript config that a person would write for it: parameters first, fields
 * in the order of the model, defaults left out. Reading it gives the same again.
 */
export function writeTypescript(described: Spec | Stack): string {
  const printer = new Printer(variableNames(described.parameters));
  const parameters = described.parameters.map((each) => printer.declaration(each));
  const [define, fields] = isStack(described)
    ? (["defineStack", printer.print(essentialStack(described), stackForm, 0)] as const)
    : (["defineContainer", printer.print(essentialFields(described), containerSchema, 0)] as const);
  const imports = [define, ...printer.imports].sort((left, right) => (left < right ? -1 : 1));
  return [
    `import { ${imports.join(", ")} } from "cooper";\n`,
    ...(parameters.length === 0 ? [] : [`${parameters.join("\n")}\n`]),
    `export default ${define}(${fields});\n`,
  ].join("\n");
}

/** A stack, as far as the form of its values goes. */
const stackForm = z.object({ containers: z.array(containerSchema) });

class Printer {
  /** What has been used of the library so far. */
  readonly imports = new Set<string>();

  constructor(readonly variables: ReadonlyMap<string, string>) {}

  declaration(parameter: Parameter): string {
    this.imports.add("param");
    const { name, type, default: fallback, help } = parameter;
    const shown =
      type === "bytes" && formatBytes(Number(fallback)) !== String(fallback)
        ? formatBytes(Number(fallback))
        : fallback;
    const options = { default: shown, ...(help === undefined ? {} : { help }) };
    const head = `const ${this.#variable(parameter)} = param.${type}(${stringLiteral(name)}, `;
    return `${head}${this.print(options, undefined, 0, textWidth(head) + 2)});`;
  }

  /**
   * A value as source text.
   *
   * @param schema what the model says of the value, where it says something
   * @param indent spaces before the line the value begins in
   * @param around columns taken by what stands around it in that line
   */
  print(
    value: unknown,
    schema: z.core.$ZodType | undefined,
    indent: number,
    around = indent,
  ): string {
    if (isExpression(value)) return this.#expression(value);
    if (typeof value === "string") return stringLiteral(value);
    if (typeof value === "number") {
      const amount = isAmount(schema) ? formatBytes(value) : String(value);
      return amount === String(value) ? numberLiteral(value) : stringLiteral(amount);
    }
    if (Array.isArray(value))
      return this.#list("[", "]", value.length, indent, around, (at, index) =>
        this.print(value[index], schema && member(schema, index), at),
      );
    if (!isPlainObject(value)) return String(value);
    const entries = Object.entries(value);
    return this.#list("{", "}", entries.length, indent, around, (at, index) => {
      const [name, each] = entries[index] ?? ["", undefined];
      const shown = memberName(name);
      if (each instanceof Parameter && this.#variable(each as Parameter) === shown) return shown;
      const head = `${shown}: `;
      return (
        head + this.print(each, schema && member(schema, name, value), at, at + head.length + 1)
      );
    });
  }

  /** Members on one line where they fit, else on a line each. */
  #list(
    open: string,
    close: string,
    count: number,
    indent: number,
    around: number,
    printMember: (indent: number, index: number) => string,
  ): string {
    if (count === 0) return open + close;
    const indices = [...Array(count).keys()];
    const space = open === "{" ? " " : "";
    const line = `${open}${space}${indices.map((index) => printMember(0, index)).join(", ")}${space}${close}`;
    // The container itself is never squeezed onto the line of `defineContainer`.
    const isContainer = around === 0 && open === "{";
    if (!isContainer && !line.includes("\n") && around + textWidth(line) <= columns) return line;
    const inner = indent + 2;
    const lines = indices.map((index) => `${" ".repeat(inner)}${printMember(inner, index)},\n`);
    return `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
  }

  #variable({ name }: Parameter): string {
    return this.variables.get(name) ?? name;
  }

  #expression(value: Expression): string {
    if (value instanceof Parameter) return this.#variable(value);
    if (value instanceof Text) {
      this.imports.add("text");
      return `text\`${this.#textParts(value.parts)}\``;
    }
    if (value instanceof HostVariable) throw new TypeError("a spec knows nothing about a host");
    return this.#arithmetic(value);
  }

  #textParts(parts: Text["parts"]): string {
    return parts
      .map((part) => (isExpression(part) ? `\${${this.#expression(part)}}` : templatePart(part)))
      .join("");
  }

  #arithmetic({ operator, left, right }: Arithmetic): string {
    this.imports.add(operator);
    const side = (operand: number | Expression) =>
      isExpression(operand) ? this.#expression(operand) : numberLiteral(operand);
    return `${operator}(${side(left)}, ${side(right)})`;
  }
}

/** Whether a field is an amount of memory, which people write with a unit. */
const isAmount = (schema: z.core.$ZodType | undefined) =>
  schema !== undefined && constraintOf(unwrap(schema))?.type === "bytes";
