import { type Syntax, ts } from "./compiler.js";
import type { Evaluation } from "./evaluation.js";
import { Scope } from "./scope.js";
import { type ObjectValue, setOwn } from "./static-value.js";
import { propertyKey } from "./visitors/object-literal.js";
import { advice, unsupported } from "./failure.js";

/** An enum as JavaScript sees it: an object, with the names of its numbers beside their values. */
export function evaluateEnum(
  node: Syntax.EnumDeclaration,
  outer: Scope,
  evaluation: Evaluation,
): ObjectValue {
  const object: ObjectValue = {};
  const scope = new Scope(outer);
  let next: number | undefined = 0;
  for (const member of node.members) {
    const key = propertyKey(member.name, scope, evaluation);
    const value: unknown =
      member.initializer === undefined ? next : evaluation.evaluate(member.initializer, scope);
    if (typeof value !== "number" && typeof value !== "string")
      throw unsupported(
        member,
        advice(
          ["this enum member", "此枚举成员"],
          ["give it a number or a text", "请给出数字或文本"],
        ),
      );
    setOwn(object, key, value);
    if (typeof value === "number") setOwn(object, String(value), key);
    // A later member may be calculated from an earlier one.
    if (ts.isIdentifier(member.name)) scope.initialize(key, value);
    next = typeof value === "number" ? value + 1 : undefined;
  }
  return object;
}
