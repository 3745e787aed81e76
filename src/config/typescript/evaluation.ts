import { Budget } from "./budget.js";
import { type Syntax, ts } from "./compiler.js";
import { unsupported } from "./failure.js";
import { Origins } from "./origins.js";
import type { Scope } from "./scope.js";
import { shortCircuit } from "./short-circuit.js";
import { adviceFor } from "./unsupported.js";
import { visitors } from "./visitors/index.js";

/** Gives one construct its value. */
export type Visitor<Node extends Syntax.Node = Syntax.Node> = (
  node: Node,
  scope: Scope,
  evaluation: Evaluation,
) => unknown;

/** One reading of a config: what it may use up, and where its values came from. */
export class Evaluation {
  readonly budget = new Budget();
  readonly origins = new Origins();
  /** What `defineContainer` and `defineStack` returned. */
  readonly containers = new WeakSet();

  /**
   * The value of an expression.
   *
   * @throws CooperError with the place of what is wrong
   */
  evaluate(node: Syntax.Node, scope: Scope): unknown {
    const value = this.evaluateLink(node, scope);
    return value === shortCircuit ? undefined : value;
  }

  /** The value of a link of an optional chain, or {@link shortCircuit} when the chain has ended. */
  evaluateLink(node: Syntax.Node, scope: Scope): unknown {
    const visitor = visitors.get(node.kind);
    if (visitor === undefined) throw unsupported(node, adviceFor(node));
    return this.budget.nest(node, () => visitor(node, scope, this));
  }

  /** What is left of a `.` or `?.`: only there may a short circuit pass through. */
  evaluateReceiver(receiver: Syntax.Expression, link: Syntax.Expression, scope: Scope): unknown {
    return ts.isOptionalChain(link) && ts.isOptionalChain(receiver)
      ? this.evaluateLink(receiver, scope)
      : this.evaluate(receiver, scope);
  }
}
