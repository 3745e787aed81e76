import type { Syntax } from "../compiler.js";
import type { Visitor } from "../evaluation.js";
import { truth } from "../operators.js";

export const visitConditional: Visitor<Syntax.ConditionalExpression> = (node, scope, evaluation) =>
  truth(evaluation.evaluate(node.condition, scope), node.condition)
    ? evaluation.evaluate(node.whenTrue, scope)
    : evaluation.evaluate(node.whenFalse, scope);
