import { type Syntax, ts } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { Scope } from "../scope.js";
import { StaticValue } from "../static-value.js";
import { executeStatements } from "../statements.js";
import { bindParameters } from "../binding.js";

export const visitArrowFunction: Visitor<Syntax.ArrowFunction> = (node, scope, evaluation) =>
  closure(node, node.body, scope, evaluation);

/** A function of the config, with the names it can see where it stands. */
export function closure(
  node: Syntax.ArrowFunction | Syntax.FunctionDeclaration,
  body: Syntax.ConciseBody,
  outer: Scope,
  evaluation: Evaluation,
): StaticValue {
  const name = node.name?.getText() ?? "function";
  return new StaticValue(name, (values, call) =>
    evaluation.budget.nest(call, () => {
      const parameters = new Scope(outer);
      bindParameters(node.parameters, values, parameters, evaluation);
      return ts.isBlock(body)
        ? executeStatements(body.statements, new Scope(parameters), evaluation).value
        : evaluation.evaluate(body, parameters);
    }),
  );
}
