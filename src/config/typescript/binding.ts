import { type Syntax, ts } from "./compiler.js";
import type { Evaluation } from "./evaluation.js";
import { throws } from "./failure.js";
import type { Scope } from "./scope.js";
import { type ObjectValue, setOwn } from "./static-value.js";
import { getProperty } from "./visitors/access.js";
import { iterate } from "./visitors/array-literal.js";
import { ownEntries, propertyKey } from "./visitors/object-literal.js";

/** Every name a pattern declares. */
export function boundNames(name: Syntax.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundNames(element.name) : [],
  );
}

/** Gives the names of `const name = value` their values; takes patterns apart as JavaScript does. */
export function bind(
  name: Syntax.BindingName,
  value: unknown,
  scope: Scope,
  evaluation: Evaluation,
): void {
  evaluation.budget.nest(name, () => {
    if (ts.isIdentifier(name)) scope.initialize(name.text, value);
    else if (ts.isObjectBindingPattern(name)) bindObject(name, value, scope, evaluation);
    else bindArray(name, value, scope, evaluation);
  });
}

function bindObject(
  pattern: Syntax.ObjectBindingPattern,
  value: unknown,
  scope: Scope,
  evaluation: Evaluation,
): void {
  if (value === undefined || value === null)
    throw throws(
      pattern,
      `${String(value)} has no fields to take`,
      `${String(value)} 没有可取的字段`,
    );
  const taken = new Set<string>();
  for (const element of pattern.elements) {
    if (element.dotDotDotToken !== undefined) {
      const rest: ObjectValue = {};
      for (const [key, each] of ownEntries(value, pattern))
        if (!taken.has(key)) setOwn(rest, key, each);
      evaluation.budget.elements(element, Object.keys(rest).length);
      evaluation.origins.record(rest, element, evaluation.origins.entriesOf(value));
      bind(element.name, rest, scope, evaluation);
    } else {
      const key = propertyKey(element.propertyName ?? element.name, scope, evaluation);
      taken.add(key);
      bindElement(element, getProperty(value, key, element), scope, evaluation);
    }
  }
}

function bindArray(
  pattern: Syntax.ArrayBindingPattern,
  value: unknown,
  scope: Scope,
  evaluation: Evaluation,
): void {
  const items = iterate(value, pattern, evaluation);
  for (const [index, element] of pattern.elements.entries()) {
    if (!ts.isBindingElement(element)) continue;
    if (element.dotDotDotToken === undefined) {
      bindElement(element, items[index], scope, evaluation);
    } else {
      evaluation.budget.elements(element, items.length);
      bind(element.name, items.slice(index), scope, evaluation);
    }
  }
}

/** One element or parameter, with its default when it is undefined. */
function bindElement(
  element: Syntax.BindingElement | Syntax.ParameterDeclaration,
  value: unknown,
  scope: Scope,
  evaluation: Evaluation,
): void {
  const given =
    value === undefined && element.initializer !== undefined
      ? evaluation.evaluate(element.initializer, scope)
      : value;
  bind(element.name, given, scope, evaluation);
}

/** Gives the parameters of a function the arguments of a call. */
export function bindParameters(
  parameters: readonly Syntax.ParameterDeclaration[],
  values: readonly unknown[],
  scope: Scope,
  evaluation: Evaluation,
): void {
  for (const { name } of parameters) for (const each of boundNames(name)) scope.declare(each);
  for (const [index, parameter] of parameters.entries())
    if (parameter.dotDotDotToken === undefined)
      bindElement(parameter, values[index], scope, evaluation);
    else bind(parameter.name, values.slice(index), scope, evaluation);
}
