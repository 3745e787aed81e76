import { isExpression, Parameter } from "../../model/value.js";
import type { Syntax } from "./compiler.js";
import { advice, failure, unsupported } from "./failure.js";
import { isPrimitive, type Primitive, StaticValue } from "./static-value.js";

/** What a value is, in words. */
export function kindOf(value: unknown): readonly [en: string, zh: string] {
  if (isExpression(value)) return ["a parameter", "参数"];
  if (value instanceof StaticValue) return ["a function", "函数"];
  if (Array.isArray(value)) return ["an array", "数组"];
  return typeof value === "object" && value !== null
    ? ["an object", "对象"]
    : [String(value), String(value)];
}

/**
 * The value as an operand. JavaScript turns objects and arrays into text here, which in a config is
 * always a mistake, and a parameter has no value yet.
 *
 * @param operator how messages name what the operand is for
 */
export function operand(value: unknown, operator: string, node: Syntax.Node): Primitive {
  if (isExpression(value)) throw parameterOperand(value, operator, node);
  if (isPrimitive(value)) return value;
  const [en, zh] = kindOf(value);
  throw unsupported(
    node,
    advice(
      [`\`${operator}\` on ${en}`, `对${zh}使用 \`${operator}\``],
      ["take the text or number out of it first", "请先取出其中的文本或数字"],
    ),
  );
}

const functionOf: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
};

function parameterOperand(value: unknown, operator: string, node: Syntax.Node) {
  const source = node.getText();
  const name = /^[\w$.]+$/.test(source) ? source : "value";
  const call = functionOf[operator];
  const number =
    value instanceof Parameter && ["integer", "bytes"].includes((value as Parameter).type);
  const [en, zh] =
    call === undefined
      ? [
          "it has no value before the container starts; use a literal here",
          "参数在容器启动之前没有值；此处请用字面量",
        ]
      : operator === "+" && !number
        ? [
            `write text\`…\${${name}}…\` for text, or add(${name}, 2) for numbers`,
            `拼接文本请写 text\`…\${${name}}…\`，数字相加请写 add(${name}, 2)`,
          ]
        : operator === "+"
          ? [
              `write add(${name}, 2) for numbers, or text\`…\${${name}}…\` for text`,
              `数字相加请写 add(${name}, 2)，拼接文本请写 text\`…\${${name}}…\``,
            ]
          : [`write ${call}(${name}, 2)`, `请写 ${call}(${name}, 2)`];
  return unsupported(
    node,
    advice([`\`${operator}\` on a parameter`, `对参数使用 \`${operator}\``], [en, zh]),
  );
}

/** Whether a condition holds. The value of a parameter is not known while a config is read. */
export function truth(value: unknown, node: Syntax.Node): boolean {
  if (isExpression(value))
    throw unsupported(
      node,
      advice(
        ["a condition on a parameter", "以参数为条件的判断"],
        [
          "its value is known only when the container starts; decide by a const of the config",
          "参数的值在容器启动时才确定；请用配置中的 const 来判断",
        ],
      ),
    );
  return Boolean(value);
}

/** `left === right`; identity for objects. */
export function strictlyEqual(
  left: unknown,
  right: unknown,
  node: Syntax.Node,
  operator = "===",
): boolean {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ])
    // Whether a parameter is undefined can be said; whether it equals a text cannot.
    if (isExpression(value) && other !== undefined && other !== null && !isExpression(other))
      operand(value, operator, node);
  return left === right;
}

/** Text of a primitive as a template literal makes it. */
export function textOf(value: unknown, node: Syntax.Node): string {
  const primitive = templatePart(value, node);
  return String(primitive);
}

function templatePart(value: unknown, node: Syntax.Node): Primitive {
  if (isExpression(value)) throw failure(node, "parameter-in-string", { name: node.getText() });
  if (isPrimitive(value)) return value;
  const [en, zh] = kindOf(value);
  throw unsupported(
    node,
    advice(
      [`${en} inside text`, `文本中的${zh}`],
      Array.isArray(value)
        ? ["write .join(…)", "请写 .join(…)"]
        : ["take the text or number out of it first", "请先取出其中的文本或数字"],
    ),
  );
}
