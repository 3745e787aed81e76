import type { Syntax } from "../compiler.js";
import type { Evaluation } from "../evaluation.js";
import { throws } from "../failure.js";
import { operand } from "../operators.js";
import { isPrimitive, type Primitive } from "../static-value.js";

/** A call of a method: `receiver.method(...values)`. */
export interface MethodCall<Receiver = unknown> {
  readonly receiver: Receiver;
  readonly values: readonly unknown[];
  readonly call: Syntax.Node;
  readonly evaluation: Evaluation;
}

export type Method<Receiver = unknown> = (call: MethodCall<Receiver>) => unknown;

/**
 * A function of JavaScript's own, to be applied to a receiver when it is a prototype's. The names come from Cooper's own lists,
 * never from a config.
 */
export function methodOf(holder: object, name: string) {
  return (holder as Record<string, (...values: readonly unknown[]) => unknown>)[name] as (
    ...values: readonly unknown[]
  ) => unknown;
}

/** The arguments of a method that takes only texts and numbers. */
export function primitives(name: string, values: readonly unknown[], call: Syntax.Node) {
  return values.map((value): Primitive =>
    isPrimitive(value) ? value : operand(value, name, call),
  );
}

/** The node of an argument, or the call itself when the argument came out of a spread. */
export function argumentNode(call: Syntax.Node, index: number): Syntax.Node {
  const list = "arguments" in call ? (call.arguments as readonly Syntax.Node[]) : [];
  return list[index] ?? call;
}

/** Does what JavaScript does, which is an error for some arguments: `"a".repeat(-1)`. */
export function native<Result>(name: string, call: Syntax.Node, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw throws(
      call,
      `${name}: an argument is out of range (${error.message})`,
      `${name}：参数超出范围（${error.message}）`,
    );
  }
}
