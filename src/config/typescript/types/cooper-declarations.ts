import { valueTypes } from "../../../model/value-types.js";
import { operators } from "../../../model/value.js";
import { containerSchema } from "../../../model/spec/container.js";
import { typeOfSchema } from "./schema-type.js";

/**
 * The declarations of the package as a config sees it. `ContainerInput` is written out from the schema
 * that validates it, because the type that zod infers from the same schema takes the checker ten times
 * as long. Tests hold these declarations against the package's own.
 */
export function cooperDeclarations(): string {
  const names = (keys: object) =>
    Object.keys(keys)
      .map((name) => JSON.stringify(name))
      .join(" | ");
  return `
type ValueTypeName = ${names(valueTypes)};
type ValueOf<Name extends ValueTypeName> = Name extends "integer" | "bytes" ? number : string;
interface Parameter<Name extends ValueTypeName = ValueTypeName> {
  readonly type: Name;
  readonly name: string;
  readonly order: number;
  readonly help: string | undefined;
  readonly default: ValueOf<Name>;
  toJSON(): { $param: string };
  toString(): string;
}
interface Text {
  readonly parts: readonly (string | Expression)[];
  toJSON(): { $text: readonly (string | Expression)[] };
  toString(): string;
}
interface Arithmetic {
  readonly operator: ${names(operators)};
  readonly left: number | Expression;
  readonly right: number | Expression;
  toJSON(): { [x: string]: (number | Expression)[] };
  toString(): string;
}
interface HostVariable {
  readonly name: string;
  readonly default: string;
  toJSON(): { $host: string };
  toString(): string;
}
type Expression = Parameter | Text | Arithmetic | HostVariable;
interface ParameterOptions<Result> {
  readonly default: Result;
  readonly help?: string;
}
export declare const param: {
  name: (name: string, options: ParameterOptions<string>) => Parameter<"name">;
  path: (name: string, options: ParameterOptions<string>) => Parameter<"path">;
  integer: (name: string, options: ParameterOptions<number>) => Parameter<"integer">;
  bytes: (name: string, options: ParameterOptions<string | number>) => Parameter<"bytes">;
  text: (name: string, options: ParameterOptions<string>) => Parameter<"text">;
};
export declare function text(
  strings: TemplateStringsArray | readonly string[],
  ...values: (string | number | Expression)[]
): Text;
${Object.keys(operators)
  .map(
    (name) =>
      `export declare const ${name}: (left: number | Expression, right: number | Expression) => Arithmetic;`,
  )
  .join("\n")}
export interface ContainerInput ${typeOfSchema(containerSchema)}
export declare function defineContainer(container: ContainerInput): ContainerInput;
export interface StackInput {
  readonly network?: ContainerInput["network"];
  readonly containers: readonly ContainerInput[];
}
export declare function defineStack(stack: StackInput): StackInput;
export {};
`;
}
