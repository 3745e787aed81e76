import { expect, test } from "vitest";
import { compile } from "../../src/bash/compile.js";
import { lintScripts } from "../support/lint-scripts.js";
import { type MatrixCase, pairwiseCases, structuralCases } from "../support/matrix.js";

const scriptsOf = (cases: readonly MatrixCase[]) =>
  Object.fromEntries(
    cases.map(({ name, language, spec }) => [name, compile(spec, { language })] as const),
  );

test("every script is clean under bash -n, shellcheck -o all and shfmt", () => {
  const scripts = scriptsOf(pairwiseCases());
  expect(Object.keys(scripts).length).toBeGreaterThan(12);
  expect(lintScripts(scripts)).toBe("");
}, 180_000);

test("every combination of steps is clean under bash -n and shfmt", () => {
  const scripts = scriptsOf(structuralCases());
  expect(Object.keys(scripts)).toHaveLength(3 * 3 * 2 * 3 * 3 * 3);
  expect(lintScripts(scripts, ["bash", "shfmt"])).toBe("");
});

test("no script has a directive to a linter", () => {
  for (const script of Object.values(scriptsOf(pairwiseCases())))
    expect(script).not.toMatch(/^\s*#\s*shellcheck\s/m);
});
