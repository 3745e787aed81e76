import { describe, expect, test } from "vitest";
import { parseContainer } from "../../src/model/spec/parse.js";
import { planJson } from "../../src/plan/json.js";
import { plan } from "../../src/plan/plan.js";
import { chinese } from "../support/chinese.js";
import { complete } from "../support/containers.js";
import { pairwiseCases } from "../support/matrix.js";

interface StepJson {
  readonly kind: string;
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly undo: { readonly en: string; readonly zh: string } | null;
  readonly effects: readonly { readonly type: string; readonly target: string }[];
}

const data = (spec: Parameters<typeof plan>[0]) =>
  JSON.parse(JSON.stringify(planJson(plan(spec)))) as { readonly steps: readonly StepJson[] };

describe.each(pairwiseCases())("$name", ({ spec }) => {
  test("is plain JSON with every step", () => {
    const { steps } = data(spec);
    expect(steps.map(({ id }) => id)).toEqual(plan(spec).steps.map(({ id }) => id));
    for (const step of steps) {
      expect(Object.keys(step)).toEqual([
        ...["kind", "id", "phase", "where", "cause", "title", "tools", "effects", "undo"],
        ...["fields", "explanation", "manual"],
      ]);
      for (const { target } of step.effects) expect(target).toEqual(expect.any(String));
      for (const texts of [step.title, step.undo ?? step.title]) {
        expect(texts.en).toMatch(/\w/);
        expect(texts.zh).toMatch(chinese);
      }
    }
  });
});

test("parameters show as they do to a reader in texts, and as expressions in fields", () => {
  const { steps } = data(parseContainer(complete()));
  const name = steps.find(({ kind }) => kind === "name");
  expect(name?.title.en).toContain("$CONTAINER_NAME");
  expect(name).toMatchObject({ fields: { name: { $param: "CONTAINER_NAME" } } });
});
