import { expect, test } from "vitest";
import { isPlainText } from "../../src/model/plain-text.js";

test("a plain character is a mark, letter or sign of its own, and no quotation mark that passes for another", () => {
  const characters = Array.from({ length: 0x10_000 }, (_, code) => String.fromCharCode(code));
  const plain = characters.filter(isPlainText);
  expect(plain.length).toBeGreaterThan(20_000);
  expect(plain.filter((each) => /[\p{C}\p{Z}\u2018-\u201f\u2032-\u2037]/u.test(each))).toEqual([
    " ",
  ]);
});
