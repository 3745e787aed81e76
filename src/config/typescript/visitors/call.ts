import { methodsOf } from "../builtins/methods.js";
import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { throws } from "../failure.js";
import type { Scope } from "../scope.js";
import { shortCircuit } from "../short-circuit.js";
import { type Invoke, StaticValue } from "../static-value.js";
import { evaluateAccess, getProperty } from "./access.js";
import { evaluateElements } from "./array-literal.js";

export const visitCall: Visitor<Syntax.CallExpression> = (node, scope, evaluation) => {
  const callee = evaluateCallee(node, scope, evaluation);
  if (callee === shortCircuit) return shortCircuit;
  if (node.questionDotToken !== undefined && (callee === undefined || callee === null))
    return shortCircuit;
  const { array } = evaluateElements(node, node.arguments, scope, evaluation);
  return functionOf(callee, node.expression)(array, node);
};

function evaluateCallee(node: Syntax.CallExpression, scope: Scope, evaluation: Evaluation) {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) && !ts.isElementAccessExpression(expression))
    return evaluation.evaluateReceiver(expression, node, scope);
  // Not through the visitor of the access: a method is found only where it is called.
  const access = evaluateAccess(expression, scope, evaluation);
  if (access === shortCircuit) return ts.isOptionalChain(node) ? shortCircuit : undefined;
  const { receiver, key, place } = access;
  const method = methodsOf(receiver)?.get(key);
  if (method === undefined) return getProperty(receiver, key, place);
  const invoke: Invoke = (values, call) => method({ receiver, values, call, evaluation });
  return new StaticValue(key, invoke);
}

/** What a value does when it is called. */
export function functionOf(value: unknown, node: Syntax.Node): Invoke {
  if (value instanceof StaticValue && value.invoke !== undefined) return value.invoke;
  const source = node.getText().split("\n", 1)[0] ?? "";
  throw throws(node, `${source} is not a function`, `${source} 不是函数`);
}
