import fc from "fast-check";
import { expect, test } from "vitest";
import { textWidth } from "../../src/model/text-width.js";
import { wrap } from "../../src/model/wrap.js";

test.each([
  ["", 0],
  ["abc", 3],
  ["容器", 4],
  ["，", 2],
  ["e\u0301", 1],
  ["µ…", 2],
])("%j takes %d columns", (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test("English breaks between words", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
});

test("Chinese breaks between characters, and never before closing punctuation", () => {
  expect(wrap("创建容器，再启动。", 8)).toEqual(["创建容", "器，再启", "动。"]);
});

test("a word longer than a line is cut", () => {
  expect(wrap("a 0123456789", 4)).toEqual(["a", "0123", "4567", "89"]);
});

test("a path longer than a line is cut behind a slash", () => {
  expect(wrap("remove /run/cooper/containers/$NAME", 18)).toEqual([
    "remove /run/",
    "cooper/containers/",
    "$NAME",
  ]);
});

test("no line is too long and nothing but white space is lost", () => {
  const word = fc.oneof(
    fc.string({ maxLength: 9 }),
    fc.constantFrom("容器", "，", "网络。", "“名”", "é"),
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 20 }),
      fc.integer({ min: 8, max: 40 }),
      (words, columns) => {
        const text = words.join(" ");
        const lines = wrap(text, columns);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      },
    ),
    { numRuns: 1000 },
  );
});
