import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { operand, strictlyEqual, truth } from "../operators.js";
import type { Primitive } from "../static-value.js";
import type { Scope } from "../scope.js";

const { SyntaxKind } = ts;

type Operate = (node: Syntax.BinaryExpression, scope: Scope, evaluation: Evaluation) => unknown;

/** An operator on two numbers or texts, both always evaluated, left first. */
function onPrimitives(calculate: (left: Primitive, right: Primitive) => unknown): Operate {
  return (node, scope, evaluation) => {
    const operator = node.operatorToken.getText();
    const left = evaluation.evaluate(node.left, scope);
    const right = evaluation.evaluate(node.right, scope);
    return calculate(operand(left, operator, node.left), operand(right, operator, node.right));
  };
}

const onNumbers = (calculate: (left: number, right: number) => number) =>
  onPrimitives((left, right) => calculate(Number(left), Number(right)));

/** A comparison: of texts by their UTF-16 units, of everything else as numbers. */
const onOrdered = (
  ofTexts: (left: string, right: string) => boolean,
  ofNumbers: (left: number, right: number) => boolean,
) =>
  onPrimitives((left, right) =>
    typeof left === "string" && typeof right === "string"
      ? ofTexts(left, right)
      : ofNumbers(Number(left), Number(right)),
  );

/** An operator that evaluates its right side only when the left does not decide. */
function deciding(decides: (left: unknown, node: Syntax.Expression) => boolean): Operate {
  return (node, scope, evaluation) => {
    const left = evaluation.evaluate(node.left, scope);
    return decides(left, node.left) ? left : evaluation.evaluate(node.right, scope);
  };
}

const add: Operate = (node, scope, evaluation) => {
  const sum = addPrimitives(node, scope, evaluation);
  if (typeof sum === "string") evaluation.budget.characters(node, sum.length);
  return sum;
};

const addPrimitives = onPrimitives((left, right) =>
  typeof left === "string" || typeof right === "string"
    ? `${String(left)}${String(right)}`
    : Number(left) + Number(right),
);

const equal =
  (wanted: boolean): Operate =>
  (node, scope, evaluation) =>
    strictlyEqual(
      evaluation.evaluate(node.left, scope),
      evaluation.evaluate(node.right, scope),
      node,
      node.operatorToken.getText(),
    ) === wanted;

export const binaryOperators: ReadonlyMap<Syntax.SyntaxKind, Operate> = new Map<
  Syntax.SyntaxKind,
  Operate
>([
  [SyntaxKind.PlusToken, add],
  [SyntaxKind.MinusToken, onNumbers((left, right) => left - right)],
  [SyntaxKind.AsteriskToken, onNumbers((left, right) => left * right)],
  [SyntaxKind.SlashToken, onNumbers((left, right) => left / right)],
  [SyntaxKind.PercentToken, onNumbers((left, right) => left % right)],
  [SyntaxKind.AsteriskAsteriskToken, onNumbers((left, right) => left ** right)],
  [
    SyntaxKind.LessThanToken,
    onOrdered(
      (a, b) => a < b,
      (a, b) => a < b,
    ),
  ],
  [
    SyntaxKind.LessThanEqualsToken,
    onOrdered(
      (a, b) => a <= b,
      (a, b) => a <= b,
    ),
  ],
  [
    SyntaxKind.GreaterThanToken,
    onOrdered(
      (a, b) => a > b,
      (a, b) => a > b,
    ),
  ],
  [
    SyntaxKind.GreaterThanEqualsToken,
    onOrdered(
      (a, b) => a >= b,
      (a, b) => a >= b,
    ),
  ],
  [SyntaxKind.EqualsEqualsEqualsToken, equal(true)],
  [SyntaxKind.ExclamationEqualsEqualsToken, equal(false)],
  [SyntaxKind.AmpersandAmpersandToken, deciding((left, node) => !truth(left, node))],
  [SyntaxKind.BarBarToken, deciding((left, node) => truth(left, node))],
  [SyntaxKind.QuestionQuestionToken, deciding((left) => left !== null && left !== undefined)],
]);

export const visitBinary: Visitor<Syntax.BinaryExpression> = (node, scope, evaluation) =>
  binaryOperators.get(node.operatorToken.kind)?.(node, scope, evaluation);
