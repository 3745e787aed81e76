import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { throws } from "../failure.js";
import { kindOf, operand } from "../operators.js";
import type { Entry } from "../origins.js";
import type { Scope } from "../scope.js";
import { isExpression } from "../../../model/value.js";

export const visitArrayLiteral: Visitor<Syntax.ArrayLiteralExpression> = (
  node,
  scope,
  evaluation,
) => {
  const { array, entries } = evaluateElements(node, node.elements, scope, evaluation);
  evaluation.origins.record(array, node, entries);
  return array;
};

/** The elements of an array literal or the arguments of a call, spread ones taken apart. */
export function evaluateElements(
  node: Syntax.Node,
  elements: readonly Syntax.Expression[],
  scope: Scope,
  evaluation: Evaluation,
) {
  const array: unknown[] = [];
  const entries = new Map<string, Entry>();
  for (const element of elements) {
    if (!ts.isSpreadElement(element)) {
      entries.set(String(array.length), { key: element, value: element });
      array.push(evaluation.evaluate(element, scope));
      continue;
    }
    const spread = evaluation.evaluate(element.expression, scope);
    const items = iterate(spread, element.expression, evaluation);
    evaluation.budget.elements(node, array.length + items.length);
    const known = evaluation.origins.entriesOf(spread);
    for (const [index, item] of items.entries()) {
      const entry = known.get(String(index)) ?? { key: element, value: element };
      entries.set(String(array.length), entry);
      array.push(item);
    }
  }
  evaluation.budget.elements(node, array.length);
  return { array, entries };
}

/** What JavaScript's own iteration of a text gives, which is not always what a reader sees as characters. */
export const codePoints = (value: string): string[] => Array.from(value);

/** What `...value` or `[a, b] = value` takes one by one: elements, or the characters of a text. */
export function iterate(
  value: unknown,
  node: Syntax.Node,
  { budget }: Evaluation,
): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") {
    budget.elements(node, value.length);
    return codePoints(value);
  }
  if (isExpression(value)) operand(value, "...", node);
  const [en, zh] = kindOf(value);
  throw throws(node, `${en} is not an array`, `${zh}不是数组`);
}
