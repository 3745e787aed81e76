import { type Syntax, ts } from "./compiler.js";
import { bind, boundNames } from "./binding.js";
import { evaluateEnum } from "./enum.js";
import type { Evaluation } from "./evaluation.js";
import type { Scope } from "./scope.js";
import { closure } from "./visitors/arrow-function.js";

/** How a list of statements ended: `return` ends a function early. */
export interface Completion {
  readonly returned: boolean;
  readonly value: unknown;
}

/** Evaluates the statements of a file or a function body in their order. */
export function executeStatements(
  statements: readonly Syntax.Statement[],
  scope: Scope,
  evaluation: Evaluation,
): Completion {
  declareNames(statements, scope, evaluation);
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations)
        bind(name, initializer && evaluation.evaluate(initializer, scope), scope, evaluation);
    } else if (ts.isEnumDeclaration(statement)) {
      scope.initialize(statement.name.text, evaluateEnum(statement, scope, evaluation));
    } else if (ts.isReturnStatement(statement)) {
      const value = statement.expression && evaluation.evaluate(statement.expression, scope);
      return { returned: true, value };
    } else if (ts.isBlock(statement)) {
      const completion = executeStatements(statement.statements, scope.inner(), evaluation);
      if (completion.returned) return completion;
    } else if (ts.isExportAssignment(statement)) {
      scope.initialize(defaultExport, evaluation.evaluate(statement.expression, scope));
    }
  }
  return { returned: false, value: undefined };
}

/** What `export default` defines; no name of a config can be spelled like this. */
export const defaultExport = "export default";

/** Functions can be called before their line; consts are known but have no value yet. */
function declareNames(
  statements: readonly Syntax.Statement[],
  scope: Scope,
  evaluation: Evaluation,
): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        for (const each of boundNames(name)) scope.declare(each);
    else if (ts.isEnumDeclaration(statement)) scope.declare(statement.name.text);
    else if (ts.isFunctionDeclaration(statement) && statement.body !== undefined)
      scope.initialize(
        statement.name?.text ?? defaultExport,
        closure(statement, statement.body, scope, evaluation),
      );
  }
}
