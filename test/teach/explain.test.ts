import { describe, expect, it, test } from "vitest";
import { type ContainerInput, languages, parseContainer, parseStack } from "../../src/index.js";
import { textWidth } from "../../src/model/text-width.js";
import { formatExplanation } from "../../src/teach/explain.js";
import { read, type StepReading } from "../../src/teach/reading.js";
import { complete, minimal } from "../support/containers.js";

describe.each(languages)("in %s", (language) => {
  const { containers } = read(parseContainer(complete()), language);
  const steps = containers.flatMap((container) => container.steps);
  const explain = (columns: number, isChosen: (step: StepReading) => boolean = () => true) =>
    formatExplanation(containers, isChosen, { language, columns, color: false });

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
    const index = steps.findIndex(({ step: { kind } }) => kind === "exec");
    expect(explain(80, (step) => step === steps[index])).toContain(
      `${String(index + 1)}/${String(steps.length)} exec`,
    );
  });
});

test("what containers of a stack have in common is told of the first", () => {
  const containers = ["one", "two"].map((name) => ({ ...minimal, name, hostname: name }));
  const [first, second] = containers as [ContainerInput, ContainerInput];
  const stack = parseStack({ containers: [first, { ...second, banner: true }] });
  const { containers: readings } = read(stack, "en");
  const explain = (wanted: (step: StepReading) => boolean) =>
    formatExplanation(readings, wanted, { language: "en", columns: 80, color: false });
  const text = explain(() => true);
  const told = text.match(/^\d+\/\d+ \S+/gm)?.map((line) => line.split(" ")[1]);
  // The shell that goes on inside is given the function of the second's own step, so its start is another one.
  expect(told).toEqual([
    ...(readings[0]?.steps.map(({ step }) => step.id) ?? []),
    "start",
    "banner",
  ]);
  expect(text).toMatch(/^two\n\n {2}As in one: name /m);
  expect(explain(({ step }) => step.id === "hostname")).toContain("As in one: hostname");
});
