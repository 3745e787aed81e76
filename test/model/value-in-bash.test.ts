import fc from "fast-check";
import { expect, test } from "vitest";
import { word } from "../../src/bash/quote.js";
import { CooperError } from "../../src/model/errors.js";
import { type Bindings, evaluate, type Expression } from "../../src/model/value.js";
import { valueTypes } from "../../src/model/value-types.js";
import { quote } from "../../src/bash/quote.js";
import { records, runBash } from "../support/bash.js";
import { arithmeticOver, declaredParameters, textOver } from "../support/containers.js";

interface Case {
  readonly expression: Expression;
  readonly bindings: Bindings;
}

const anyCase: fc.Arbitrary<Case> = declaredParameters.chain((declared) => {
  const all = Object.values(declared).map(({ parameter }) => parameter);
  const numbers = [declared.integer.parameter, declared.bytes.parameter];
  const bindings = new Map(
    Object.values(declared).map(({ parameter, given }) => {
      const value = valueTypes[parameter.type].parse(given);
      if (value === undefined) throw new Error(`${given} is no ${parameter.type}`);
      return [parameter.name, value];
    }),
  );
  const expression = fc.oneof(arithmeticOver(numbers), textOver(all), fc.constantFrom(...all));
  return expression.map((each) => ({ expression: each, bindings }));
});

/** What TypeScript says, or undefined where it refuses to calculate. */
function inTypeScript({ expression, bindings }: Case): string | undefined {
  try {
    return evaluate("text", expression, bindings);
  } catch (error) {
    if (error instanceof CooperError && error.code === "division-by-zero") return undefined;
    throw error;
  }
}

/** What bash says, for all cases in one process; undefined where it fails. */
function inBash(cases: readonly Case[], expected: readonly (string | undefined)[]) {
  const lines = cases.flatMap(({ expression, bindings }, index) => {
    const assignments = [...bindings].map(([name, value]) => `${name}=${quote(String(value))}`);
    const print = `printf '+%s\\0' ${word(expression)}`;
    // Division by zero ends a shell, so where it is expected it happens in one of its own.
    const command = expected[index] === undefined ? `(${print}) || printf -- '-\\0'` : print;
    return [...assignments, command];
  });
  const result = runBash(["set -u", ...lines].join("\n"));
  return records(result).map((record) => (record.startsWith("+") ? record.slice(1) : undefined));
}

test("text and arithmetic over parameters are the same in TypeScript and in bash", () => {
  const seen = { failed: 0, calculated: 0 };
  fc.assert(
    fc.property(fc.array(anyCase, { minLength: 100, maxLength: 100 }), (cases) => {
      const expected = cases.map(inTypeScript);
      expect(inBash(cases, expected)).toEqual(expected);
      seen.failed += expected.filter((each) => each === undefined).length;
      seen.calculated += expected.filter((each) => each !== undefined).length;
    }),
    { numRuns: 30 },
  );
  expect(seen.calculated).toBeGreaterThan(2000);
  expect(seen.failed).toBeGreaterThan(10);
});
