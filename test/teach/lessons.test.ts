import { describe, expect, it, test } from "vitest";
import { readDescription } from "../../src/config/index.js";
import { languages } from "../../src/index.js";
import { containersOf } from "../../src/model/spec/stack.js";
import { textWidth } from "../../src/model/text-width.js";
import { plans } from "../../src/plan/plan.js";
import { caseNames, findCase } from "../../src/teach/cases.js";
import { compare } from "../../src/teach/diff/compare.js";
import { experimentCommands } from "../../src/teach/lessons/commands.js";
import { formatLadder, formatLesson } from "../../src/teach/lessons/format.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { readObservations } from "../../src/teach/lessons/observations.js";
import { read } from "../../src/teach/reading.js";

const described = (name: string) => readDescription(findCase(name)?.config ?? name);

test("every case has a lesson, and they are in one order", () => {
  expect(lessons.map(({ name }) => name)).toEqual(caseNames());
});

describe.each(lessons)("$name", (lesson) => {
  test("leaves out a step that it has", async () => {
    const all = plans(containersOf(await described(lesson.name)));
    const steps = all.flatMap((each) => each.steps);
    expect(steps.filter(({ required }) => !required).map(({ id }) => id)).toContain(
      lesson.without.step,
    );
  });

  test("shows a difference between with and without", () => {
    const { experiment, without } = readObservations(lesson.name);
    expect(experiment.status).not.toBe(125);
    expect(without).not.toEqual(experiment);
  });

  it.each(languages)("fits a terminal and tells everything in %s", async (language) => {
    const reading = read(await described(lesson.name), language);
    const first = lessons[0] ?? lesson;
    const diff = compare(read(await described(first.name), language), reading);
    const observations = readObservations(lesson.name);
    const text = formatLesson(
      lesson,
      { number: 7, observations, difference: { before: first.name, diff }, config: [] },
      { language, columns: 80, color: false },
    );
    const lines = text.split("\n");
    const commands = lines.filter((line) => line.startsWith("    # "));
    for (const line of lines.filter((each) => !commands.includes(each)))
      expect(textWidth(line)).toBeLessThanOrEqual(80);
    // Folded, they would be other commands when they are copied.
    expect(commands.map((line) => line.slice("    # ".length))).toEqual([
      ...experimentCommands(lesson.name, lesson.experiment, undefined),
      ...experimentCommands(lesson.name, lesson.without, lesson.without.step),
    ]);
    const words = text.replaceAll(/\s+/g, "");
    const { concept, question, answer, experiment, without } = lesson;
    for (const each of [concept, question, answer, experiment.shows, without.shows])
      expect(words).toContain(each[language].replaceAll(/\s+/g, ""));
  });
});

test("the ladder names every lesson", () => {
  const ladder = formatLadder(lessons, { language: "en", columns: 80, color: false });
  for (const { name, title } of lessons) {
    expect(ladder).toContain(name);
    expect(ladder).toContain(title.en);
  }
});
