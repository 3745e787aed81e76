import { describe, expect, it, test } from "vitest";
import { readContainer } from "../../src/config/index.js";
import { languages } from "../../src/index.js";
import { textWidth } from "../../src/model/text-width.js";
import { plan } from "../../src/plan/plan.js";
import { findCase, listCases } from "../../src/teach/cases.js";
import { compare } from "../../src/teach/diff/compare.js";
import { formatLadder, formatLesson } from "../../src/teach/lessons/format.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { readObservations } from "../../src/teach/lessons/observations.js";
import { read } from "../../src/teach/reading.js";

const specOf = (name: string) => readContainer(findCase(name)?.config ?? name);

test("lessons are in the order of their cases", () => {
  const names = lessons.map(({ name }) => name);
  expect(names).toEqual(
    listCases()
      .map(({ name }) => name)
      .filter((name) => names.includes(name)),
  );
});

describe.each(lessons)("$name", (lesson) => {
  test("leaves out a step that it has", async () => {
    const { steps } = plan(await specOf(lesson.name));
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
    const reading = read(await specOf(lesson.name), language);
    const first = lessons[0] ?? lesson;
    const diff = compare(read(await specOf(first.name), language), reading);
    const observations = readObservations(lesson.name);
    const text = formatLesson(
      lesson,
      { number: 7, observations, difference: { before: first.name, diff }, config: [] },
      { language, columns: 80, color: false },
    );
    for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(80);
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
