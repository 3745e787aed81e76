import { type Syntax, ts } from "../compiler.js";
import type { Visitor } from "../evaluation.js";
import { operand, truth } from "../operators.js";

const { SyntaxKind } = ts;

type Operate = (value: unknown, node: Syntax.Expression) => unknown;

export const unaryOperators: ReadonlyMap<Syntax.SyntaxKind, Operate> = new Map<
  Syntax.SyntaxKind,
  Operate
>([
  [SyntaxKind.ExclamationToken, (value, node) => !truth(value, node)],
  [SyntaxKind.MinusToken, (value, node) => -Number(operand(value, "-", node))],
  [SyntaxKind.PlusToken, (value, node) => Number(operand(value, "+", node))],
]);

export const visitUnary: Visitor<Syntax.PrefixUnaryExpression> = (node, scope, evaluation) =>
  unaryOperators.get(node.operator)?.(evaluation.evaluate(node.operand, scope), node.operand);
