import { expect, test } from "vitest";
import { CooperError, describe, formatField, problem } from "../../src/model/errors.js";

test.each([
  [[], ""],
  [["name"], "name"],
  [["process", "args", 0], "process.args[0]"],
  [["process", "env", "MY-VAR"], 'process.env["MY-VAR"]'],
  [["mounts", 1, "destination"], "mounts[1].destination"],
])("%j is written %s", (field, text) => {
  expect(formatField(field)).toBe(text);
});

test("a problem with a place shows the line and a caret under what is meant", () => {
  const span = { file: "a.ts", line: 3, column: 4, text: "\t  cpus: 0,", length: 4 };
  const lines = describe(problem("cpu-both", {}, { field: ["resources", "cpu"], span }), "en");
  expect(lines.split("\n")).toEqual([
    expect.stringMatching(/^a\.ts:3:4: resources\.cpu: /),
    "  \t  cpus: 0,",
    "  \t  ^^^^",
  ]);
});

test("the caret of a place that spans lines ends with the first one", () => {
  const span = { file: "a.ts", line: 1, column: 6, text: "root: {", length: 500 };
  expect(describe(problem("root-both", {}, { span }), "zh").split("\n")[2]).toBe("       ^^");
});

test("an error keeps its cause", () => {
  const cause = new Error("why");
  expect(CooperError.of("root-is-host", {}, { cause }).cause).toBe(cause);
  expect(CooperError.of("root-is-host", {}).cause).toBeUndefined();
});
