import { describe, expect, it, test } from "vitest";
import { compile, compileSteps } from "../../src/bash/compile.js";
import { CooperError, parseContainer } from "../../src/index.js";
import { plan } from "../../src/plan/plan.js";
import { complete } from "../support/containers.js";
import { lintScripts } from "../support/lint-scripts.js";

const spec = parseContainer(complete());
const optional = plan(spec).steps.filter(({ required }) => required !== true);

const codeOf = (without: string[]) => {
  try {
    plan(spec, { without });
  } catch (error) {
    if (error instanceof CooperError) return error.code;
    throw error;
  }
  return undefined;
};

describe("a script without a step", () => {
  it.each(optional.map(({ id }) => id))("%s", (id) => {
    const script = compile(spec, { without: [id] });
    expect(script).not.toContain(compileSteps(spec).get(id));
    expect(script).not.toContain(`begin ${id} `);
    expect(script).toContain(`\n# Left out, to see what goes wrong without: ${id}\n`);
  });

  test("is still a clean script", () => {
    const scripts = optional.map(({ id }) => [id, compile(spec, { without: [id] })]);
    expect(
      lintScripts(Object.fromEntries(scripts) as Record<string, string>, ["bash", "shfmt"]),
    ).toBe("");
  });
});

test("what cannot be left out is refused", () => {
  expect(codeOf(["hostname"])).toBeUndefined();
  expect(codeOf(["hostnam"])).toBe("step-unknown");
  for (const id of ["name", "start", "exec"]) expect(codeOf([id])).toBe("step-required");
});
