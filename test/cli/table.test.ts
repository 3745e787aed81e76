import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseLanguage } from "../../src/cli/messages/index.js";
import { table } from "../../src/cli/table.js";
import { textWidth } from "../../src/model/text-width.js";

test("columns are as wide as their widest cell, wide characters count twice", () => {
  expect(
    table(
      [
        ["a", "步骤"],
        ["网络", "b"],
      ],
      80,
    ),
  ).toBe("a     步骤\n────  ────\n网络  b\n");
});

test("what cells say cannot change the terminal", () => {
  expect(table([["a"], ["\u001b[2J"]], 80)).toBe("a\n────\n\ufffd[2J\n");
});

test("cells wrap so that rows fit the terminal", () => {
  const cell = fc
    .array(fc.constantFrom("word", "网络", "a", "，"), { maxLength: 30 })
    .map((list) => list.join(" "));
  const row = fc.tuple(cell, cell, cell);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      const lines = table(rows, 60).split("\n");
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(60);
      const letters = (text: string) => text.replace(/[\s─]/g, "").split("").sort().join("");
      expect(letters(lines.join(""))).toBe(letters(rows.flat().join("")));
    }),
    { numRuns: 200 },
  );
});

test.each([
  [[], {}, "en"],
  [[], { LANG: "zh_CN.UTF-8" }, "zh"],
  [[], { LANG: "zh_CN.UTF-8", LC_ALL: "" }, "zh"],
  [[], { LANG: "zh_CN.UTF-8", LC_ALL: "POSIX" }, "en"],
  [[], { LANG: "fr_FR.UTF-8" }, "en"],
  [["--lang", "zh"], { LANG: "en_US.UTF-8" }, "zh"],
  [["--lang=en"], { LANG: "zh_CN" }, "en"],
  [["--lang"], {}, "en"],
])("%j with %j speaks %s", (args, environment, language) => {
  expect(chooseLanguage(args, environment)).toBe(language);
});
