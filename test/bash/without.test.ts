import { describe, expect, it, test } from "vitest";
import { compile, compileSteps } from "../../src/bash/compile.js";
import {
  CooperError,
  compileStack,
  manifest,
  parseContainer,
  parseStack,
  readScript,
  verify,
} from "../../src/index.js";
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

describe("a stack without a step", () => {
  const stack = parseStack({
    containers: [{ name: "one", hostname: "one" }, { name: "two" }].map((each) => ({
      ...each,
      privileged: true,
      network: { mode: "host" },
    })),
  });
  const script = compileStack(stack, { without: ["hostname"] });

  test("has it in none of its containers, and says so", () => {
    expect(compileStack(stack)).toContain("begin hostname ");
    expect(script).not.toContain("begin hostname ");
    expect(script).toContain("\n# Left out, to see what goes wrong without: hostname\n");
    expect(readScript(script).without).toEqual(["hostname"]);
    expect(verify(script).unedited).toBe(true);
  });

  test("lacks what the manifest does not list", () => {
    const ids = manifest(stack, ["root_build"]).containers.flatMap(({ changes }) =>
      changes.map(({ step }) => step),
    );
    expect(ids).toContain("start");
    expect(ids).not.toContain("root_build");
  });

  test("is refused when no container has the step", () => {
    expect(() => compileStack(stack, { without: ["bridge"] })).toThrow("bridge");
  });
});

test("what cannot be left out is refused", () => {
  expect(codeOf(["hostname"])).toBeUndefined();
  expect(codeOf(["hostnam"])).toBe("step-unknown");
  for (const id of ["name", "start", "exec"]) expect(codeOf([id])).toBe("step-required");
});
