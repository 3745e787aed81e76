import { describe, expect, test } from "vitest";
import { repository } from "../host/repository.js";
import { goldenCases, readCase } from "./cases.js";
import { compiledFiles, observedState } from "./generate.js";
import { staleFiles } from "./golden.js";

describe.each(goldenCases(repository))("golden case $name", (each) => {
  test("its scripts and its plan are what its container.ts gives", async () => {
    expect(staleFiles(each, compiledFiles(await readCase(each)))).toEqual([]);
  });

  test("its state is what is observed when the script runs, in either language", async () => {
    const spec = await readCase(each);
    const files = compiledFiles(spec);
    for (const script of ["script.sh", "script.zh.sh"]) {
      const state = await observedState(each.name, spec, files[script] ?? "");
      expect(staleFiles(each, { "state.json": state })).toEqual([]);
    }
  });
});

test("the cases are there", () => {
  expect(goldenCases(repository).map(({ name }) => name)).toContain("05-full");
});
