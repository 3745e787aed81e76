import { expect, test } from "vitest";
import { type ValueTypeName, valueTypes } from "../../src/model/value-types.js";

const accepted: [ValueTypeName, string, string | number][] = [
  ["name", "a", "a"],
  ["name", "9", "9"],
  ["name", "My_box.v1-2", "My_box.v1-2"],
  ["name", "a".repeat(63), "a".repeat(63)],
  ["path", "/srv/数据 1", "/srv/数据 1"],
  ["path", "relative", "relative"],
  ["path", "\u0085", "\u0085"],
  ["integer", "-0", 0],
  ["integer", "007", 7],
  ["integer", "-000000000000009", -9],
  ["integer", "999999999999999", 999_999_999_999_999],
  ["bytes", "1TiB", 1024 ** 4],
  ["bytes", "1099511627776", 1024 ** 4],
  ["text", "", ""],
  ["text", "a\n\u0001", "a\n\u0001"],
];

const refused: [ValueTypeName, string][] = [
  ["name", ""],
  ["name", "-a"],
  ["name", ".a"],
  ["name", "é"],
  ["name", "a\n"],
  ["name", "a".repeat(64)],
  ["path", ""],
  ["path", "/a\u0000b"],
  ["path", "/a\nb"],
  ["path", "/a\u007f"],
  ["path", "/\ud800"],
  ["integer", ""],
  ["integer", "+1"],
  ["integer", "1.0"],
  ["integer", "1e3"],
  ["integer", " 1"],
  ["integer", "1\n"],
  ["integer", "--1"],
  ["integer", "1000000000000000"],
  ["text", "a\u0000"],
  ["text", "\udc00"],
];

test.each(accepted)("%s accepts %j", (type, text, value) => {
  expect(valueTypes[type].parse(text)).toBe(value);
});

test.each(refused)("%s refuses %j", (type, text) => {
  expect(valueTypes[type].parse(text)).toBeUndefined();
});

test("a value, once read, is read as the same again", () => {
  for (const [type, , value] of accepted) expect(valueTypes[type].parse(String(value))).toBe(value);
});
