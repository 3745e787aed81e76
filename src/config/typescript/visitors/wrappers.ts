import type { Syntax } from "../compiler.js";
import type { Visitor } from "../evaluation.js";

/** Parentheses and what only speaks to the type checker: `as`, `satisfies`, `<Type>`. */
export const visitWrapped: Visitor<
  | Syntax.ParenthesizedExpression
  | Syntax.AsExpression
  | Syntax.SatisfiesExpression
  | Syntax.TypeAssertion
> = ({ expression }, scope, evaluation) => evaluation.evaluate(expression, scope);

/** `value!`, which can be a link of an optional chain: `a?.b!.c`. */
export const visitNonNull: Visitor<Syntax.NonNullExpression> = (node, scope, evaluation) =>
  evaluation.evaluateReceiver(node.expression, node, scope);
