import { CooperError, type Problem } from "../model/errors.js";
import { nearest } from "../model/nearest.js";
import { type Check, constraintsOf } from "../model/spec/constraints.js";
import { violation } from "../model/spec/field.js";
import { onceForEach, type Spec } from "../model/spec/parse.js";
import { type Bindings, evaluate } from "../model/value.js";
import { valueTypes } from "../model/value-types.js";

const checksOf = onceForEach(constraintsOf);

/**
 * What the parameters of a spec stand for: what is given, else their defaults. Checked as the generated
 * script checks its arguments.
 *
 * @throws CooperError `parameter-unknown`, `value-type`, `limit-range`, `path-absolute`, `number-list`,
 * `address-invalid`, `division-by-zero`
 */
export function bind(
  spec: Spec,
  given: Readonly<Record<string, string | number>>,
): Map<string, string | number> {
  const known = spec.parameters.map(({ name }) => name);
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw CooperError.of("parameter-unknown", { name, known, suggestion: nearest(name, known) });
  const bindings = new Map(
    spec.parameters.map((parameter) => {
      const text = String(given[parameter.name] ?? parameter.default);
      const value = valueTypes[parameter.type].parse(text);
      if (value === undefined)
        throw CooperError.of(
          "value-type",
          { type: parameter.type, value: text },
          { field: [parameter.name] },
        );
      return [parameter.name, value] as const;
    }),
  );
  const checks = checksOf(spec);
  // What is divided by first: it keeps the others from being calculated.
  const divisors = checks.filter(({ form }) => form === "divisor");
  for (const group of [divisors, checks]) throwProblems(group, bindings);
  return bindings;
}

function throwProblems(checks: readonly Check[], bindings: Bindings): void {
  const problems = checks.flatMap(({ path, value, type, range, form }): Problem[] => {
    const result = evaluate(type ?? "text", value, bindings);
    const found = violation(result, {
      type: type ?? "text",
      ...(range === undefined ? {} : { range }),
      ...(form === undefined ? {} : { form }),
    });
    if (found === undefined) return [];
    const { problem: code, ...parameters } = found.params;
    return [{ code, parameters, field: path }];
  });
  const [first, ...others] = problems;
  if (first !== undefined) throw new CooperError([first, ...others]);
}
