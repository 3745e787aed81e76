import { describe, expect, test } from "vitest";
import { repository } from "../host/repository.js";
import { type GoldenCase, goldenCases, goldenState, readCase } from "./cases.js";
import { compiledFiles, observedState } from "./generate.js";
import { staleFiles } from "./golden.js";
import { formatObservations, observeLesson } from "./lesson.js";
import { goldenStacks, readStackCase } from "./stacks.js";
import { lessons } from "../../src/teach/lessons/index.js";

describe.each(goldenCases(repository))("golden case $name", (each) => {
  test("its scripts and its plan are what its container.ts gives", async () => {
    expect(staleFiles(each, compiledFiles(await readCase(each)))).toEqual([]);
  });

  test("its state is what is observed when the script runs, in either language", async () => {
    const spec = await readCase(each);
    const files = compiledFiles(spec);
    for (const script of ["script.sh", "script.zh.sh"]) {
      const state = await observedState(each.name, spec, files[script] ?? "");
      expect(state).toBe(goldenState(each));
    }
  });
});

describe.each(lessons)("the lesson of $name", (lesson) => {
  test("shows what its experiments show when they are run", async () => {
    const named = ({ name }: GoldenCase) => name === lesson.name;
    const stack = goldenStacks(repository).find(named);
    const each = stack ?? goldenCases(repository).find(named);
    if (each === undefined) throw new Error("there is no such case");
    const described = await (stack === undefined ? readCase(each) : readStackCase(each));
    const observations = await observeLesson(lesson, described);
    expect(staleFiles(each, { "lesson.json": formatObservations(observations) })).toEqual([]);
  });
});

test("the cases are there", () => {
  expect(goldenCases(repository).map(({ name }) => name)).toContain("05-full");
});
