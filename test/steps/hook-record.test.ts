import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recordedHooks, recordName } from "../../src/steps/hook-record.js";
import { scratchDirectory } from "../support/scratch.js";

test.each([
  ["nothing", "", []],
  ["two hooks", '["/bin/a","b\\n"]\n["/bin/c"]\n', [["/bin/a", "b\n"], ["/bin/c"]]],
  ["one, and the beginning of another", '["/bin/a"]\n["/bin/c","d', [["/bin/a"]]],
])("a record with %s", (_, text, hooks) => {
  const directory = scratchDirectory();
  expect(recordedHooks(directory)).toEqual([]);
  writeFileSync(`${directory}/${recordName}`, text);
  expect(recordedHooks(directory)).toEqual(hooks);
});
