import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { unsupported } from "../failure.js";
import { operand, textOf } from "../operators.js";
import type { Entry } from "../origins.js";
import type { Scope } from "../scope.js";
import { isObjectValue, isPrimitive, type ObjectValue, setOwn } from "../static-value.js";
import { adviceFor, prototypeAdvice } from "../unsupported.js";

export const visitObjectLiteral: Visitor<Syntax.ObjectLiteralExpression> = (
  node,
  scope,
  evaluation,
) => {
  const object: ObjectValue = {};
  const entries = new Map<string, Entry>();
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = evaluation.evaluate(property.expression, scope);
      const known = evaluation.origins.entriesOf(spread);
      for (const [key, value] of ownEntries(spread, property.expression)) {
        setOwn(object, key, value);
        entries.set(key, known.get(key) ?? { key: property, value: property });
      }
      evaluation.budget.elements(node, Object.keys(object).length);
    } else if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) {
      const key = propertyKey(property.name, scope, evaluation);
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
      setOwn(object, key, evaluation.evaluate(value, scope));
      entries.set(key, { key: property.name, value });
    } else {
      throw unsupported(property, adviceFor(property));
    }
  }
  evaluation.budget.elements(node, Object.keys(object).length);
  evaluation.origins.record(object, node, entries);
  return object;
};

/** What `{ ...value }` copies. */
export function ownEntries(value: unknown, node: Syntax.Node): [string, unknown][] {
  if (isObjectValue(value) || Array.isArray(value)) return Object.entries(value);
  if (isPrimitive(value)) return typeof value === "string" ? Object.entries(value) : [];
  operand(value, "...", node);
  return [];
}

/** The key a property name stands for. */
export function propertyKey(
  name: Syntax.PropertyName | Syntax.BindingName,
  scope: Scope,
  evaluation: Evaluation,
): string {
  const key = ts.isComputedPropertyName(name)
    ? textOf(evaluation.evaluate(name.expression, scope), name.expression)
    : ts.isIdentifier(name) || ts.isStringLiteralLike(name)
      ? name.text
      : ts.isNumericLiteral(name)
        ? String(Number(name.text))
        : undefined;
  if (key === undefined) throw unsupported(name, adviceFor(name));
  return checkKey(key, name);
}

/** In JavaScript this one key sets the prototype in some places and is data in others. */
export function checkKey(key: string, node: Syntax.Node): string {
  if (key === "__proto__") throw unsupported(node, prototypeAdvice);
  return key;
}
