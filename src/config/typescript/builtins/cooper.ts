import { CooperError } from "../../../model/errors.js";
import { add, divide, multiply, param, subtract } from "../../../model/param.js";
import { type Expression, isExpression } from "../../../model/value.js";
import type { Syntax } from "../compiler.js";
import type { Evaluation } from "../evaluation.js";
import { badCall, spanOf, throws } from "../failure.js";
import { type Invoke, isObjectValue, StaticValue } from "../static-value.js";

/**
 * What `import … from "cooper"` gives a config: the model's own builders, behind a check of their
 * arguments. The check is Cooper's and not the type checker's alone, because `as any` would silence the
 * latter and the values end up in a script.
 */
export function cooperExports({ containers }: Evaluation): ReadonlyMap<string, unknown> {
  const define = (name: string): readonly [string, StaticValue] => {
    const invoke: Invoke = ([described], call) => {
      if (!isObjectValue(described))
        throw badCall(
          call,
          `${name} takes one object: ${name}({ … })`,
          `${name} 接受一个对象：${name}({ … })`,
        );
      containers.add(described);
      return described;
    };
    return [name, new StaticValue(name, invoke)];
  };
  return new Map<string, unknown>([
    define("defineContainer"),
    define("defineStack"),
    ["param", paramHolder],
    ["text", textTag],
    ...Object.entries({ add, subtract, multiply, divide }).map(
      ([name, operate]) => [name, arithmetic(name, operate)] as const,
    ),
  ]);
}

/** `text` is a template tag; it is known by its identity where a tag is used. */
export const textTag = new StaticValue("text", (_, call) => {
  throw badCall(
    call,
    "text is a template tag; write text`…` without parentheses",
    "text 是模板标签；请写 text`…`，不加括号",
  );
});

const paramHolder = new StaticValue(
  "param",
  undefined,
  new Map(
    Object.entries(param).map(([type, build]) => [
      type,
      new StaticValue(`param.${type}`, ([name, options], call) => {
        if (typeof name !== "string")
          throw badCall(
            call,
            `param.${type} takes a name first: param.${type}("NAME", { default: … })`,
            `param.${type} 的第一个参数是名称：param.${type}("NAME", { default: … })`,
          );
        return placed(call, () =>
          (build as (name: string, options: Options) => unknown)(
            name,
            checkOptions(`param.${type}`, name, options, call),
          ),
        );
      }),
    ]),
  ),
);

interface Options {
  readonly default: string | number;
  readonly help?: string;
}

function checkOptions(builder: string, name: string, options: unknown, call: Syntax.Node): Options {
  const given = isObjectValue(options) ? options : {};
  const own = (key: string) => (Object.hasOwn(given, key) ? given[key] : undefined);
  const fallback = own("default");
  const help = own("help");
  if (typeof fallback !== "string" && typeof fallback !== "number")
    throw badCall(
      call,
      `${builder} needs a default, a text or number known now: ${builder}("${name}", { default: … })`,
      `${builder} 需要默认值，且须为确定的文本或数字：${builder}("${name}", { default: … })`,
    );
  if (help !== undefined && typeof help !== "string")
    throw badCall(call, `${builder}: help is one line of text`, `${builder}：help 是一行文本`);
  return { default: fallback, ...(help === undefined ? {} : { help }) };
}

function arithmetic(
  name: string,
  operate: (left: number | Expression, right: number | Expression) => Expression,
) {
  return new StaticValue(name, (values, call) => {
    const [left, right] = values;
    if (values.length !== 2 || !isOperand(left) || !isOperand(right))
      throw badCall(
        call,
        `${name} takes two whole numbers or parameters: ${name}(cpuQuota, 2)`,
        `${name} 接受两个整数或参数：${name}(cpuQuota, 2)`,
      );
    if (name === "divide" && right === 0) throw throws(call, "division by zero", "除数为零");
    return operate(left, right);
  });
}

const isOperand = (value: unknown): value is number | Expression =>
  Number.isSafeInteger(value) || isExpression(value);

/** Says where the call is when a builder of the model refuses its arguments. */
function placed<Result>(call: Syntax.Node, build: () => Result): Result {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof CooperError)) throw error;
    const [first, ...others] = error.problems;
    const span = spanOf(call);
    throw new CooperError([{ span, ...first }, ...others.map((each) => ({ span, ...each }))], {
      cause: error,
    });
  }
}
