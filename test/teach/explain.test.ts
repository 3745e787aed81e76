import { describe, expect, it, test } from "vitest";
import { languages, parseContainer } from "../../src/index.js";
import { textWidth } from "../../src/model/text-width.js";
import { formatExplanation } from "../../src/teach/explain.js";
import { read } from "../../src/teach/reading.js";
import { complete } from "../support/containers.js";

describe.each(languages)("in %s", (language) => {
  const { steps } = read(parseContainer(complete()), language);
  const explain = (columns: number, chosen = steps) =>
    formatExplanation(chosen, steps, { language, columns, color: false });

  test("every step is told whole: field, concept, bash and system calls", () => {
    const text = explain(10_000);
    for (const { step, what, without, bash, calls } of steps) {
      expect(text).toContain(step.cause);
      expect(text).toContain(what);
      expect(text).toContain(without);
      for (const line of [...bash, ...calls.flatMap(({ lines }) => lines)])
        expect(text).toContain(line);
    }
  });

  it.each([60, 80, 160])("no line is wider than a terminal of %i columns", (columns) => {
    for (const line of explain(columns).split("\n"))
      expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test("a single step keeps its number in the plan", () => {
    const last = steps.slice(-1);
    expect(explain(80, last)).toContain(`${String(steps.length)}/${String(steps.length)} exec`);
  });
});
