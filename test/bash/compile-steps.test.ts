import { expect, it } from "vitest";
import { compile, compileSteps } from "../../src/bash/compile.js";
import { plan } from "../../src/plan/plan.js";
import { pairwiseCases } from "../support/matrix.js";

it.each(pairwiseCases())("every step's bash stands in the script: $name", ({ spec, language }) => {
  const script = compile(spec, { language });
  const steps = compileSteps(spec, { language });
  expect([...steps.keys()]).toEqual(plan(spec).steps.map(({ id }) => id));
  for (const [id, bash] of steps) {
    expect(bash).toContain(`step_${id}() {\n`);
    expect(script).toContain(bash);
  }
});
