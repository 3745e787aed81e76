import { Parameter } from "../../../model/value.js";
import { methodsOf } from "../builtins/methods.js";
import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { advice, throws, unsupported } from "../failure.js";
import { kindOf, operand, textOf } from "../operators.js";
import type { Scope } from "../scope.js";
import { shortCircuit } from "../short-circuit.js";
import { isObjectValue, StaticValue } from "../static-value.js";
import { methodAdvice } from "../unsupported.js";
import { checkKey } from "./object-literal.js";

export type Access = Syntax.PropertyAccessExpression | Syntax.ElementAccessExpression;

/** A value and the key that is asked of it, or the end of an optional chain. */
export function evaluateAccess(node: Access, scope: Scope, evaluation: Evaluation) {
  const receiver = evaluation.evaluateReceiver(node.expression, node, scope);
  if (receiver === shortCircuit) return shortCircuit;
  if (node.questionDotToken !== undefined && (receiver === undefined || receiver === null))
    return shortCircuit;
  const key = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : textOf(evaluation.evaluate(node.argumentExpression, scope), node.argumentExpression);
  const place = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  return { receiver, key: checkKey(key, place), place };
}

const visitAccess: Visitor<Access> = (node, scope, evaluation) => {
  const access = evaluateAccess(node, scope, evaluation);
  return access === shortCircuit
    ? shortCircuit
    : getProperty(access.receiver, access.key, access.place);
};

export const visitPropertyAccess: Visitor<Syntax.PropertyAccessExpression> = visitAccess;
export const visitElementAccess: Visitor<Syntax.ElementAccessExpression> = visitAccess;

/** Fields of a parameter that say what was declared, not what it will be. */
const parameterFields = new Set(["name", "type", "default", "help"]);

/** `receiver[key]`, own properties only: what is inherited in JavaScript is never a config's value. */
export function getProperty(receiver: unknown, key: string, node: Syntax.Node): unknown {
  if (receiver === null || receiver === undefined)
    throw throws(
      node,
      `cannot read ${key} of ${String(receiver)}; write ?. where a value may be missing`,
      `无法读取 ${String(receiver)} 的 ${key}；值可能缺失时请写 ?.`,
    );
  if (receiver instanceof Parameter && parameterFields.has(key))
    return receiver[key as "name" | "type" | "default" | "help"];
  if (receiver instanceof StaticValue) {
    if (receiver.members.has(key)) return receiver.members.get(key);
    throw unsupported(node, methodAdvice(`${receiver.name}.${key}`, [...receiver.members.keys()]));
  }
  if (typeof receiver === "string" || Array.isArray(receiver) || isObjectValue(receiver)) {
    if (Object.hasOwn(Object(receiver) as object, key))
      return (receiver as Record<string, unknown>)[key];
  }
  const methods = methodsOf(receiver);
  if (methods?.has(key) === true)
    throw unsupported(
      node,
      advice(
        [`\`${key}\` without a call`, `不调用而直接引用 \`${key}\``],
        [`write (value) => value.${key}(…)`, `请写 (value) => value.${key}(…)`],
      ),
    );
  if (methods === undefined && !isObjectValue(receiver)) {
    const [en] = kindOf(receiver);
    if (typeof receiver === "object") operand(receiver, `.${key}`, node);
    throw unsupported(node, methodAdvice(`${en}.${key}`, []));
  }
  // `in` finds what JavaScript would inherit here: a method, `constructor` and the like.
  if (key in (Object(receiver) as object))
    throw unsupported(node, methodAdvice(key, [...(methods?.keys() ?? [])]));
  return undefined;
}
