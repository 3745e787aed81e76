import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBytes, parseBytes } from "../../src/model/units.js";

test.each([
  ["0", 0],
  ["268435456", 268_435_456],
  ["268435456b", 268_435_456],
  ["256m", 268_435_456],
  ["256M", 268_435_456],
  ["256MB", 268_435_456],
  ["256MiB", 268_435_456],
  ["256mib", 268_435_456],
  ["1k", 1024],
  ["3g", 3 * 1024 ** 3],
  ["2TiB", 2 * 1024 ** 4],
  ["007k", 7 * 1024],
  ["9007199254740991", Number.MAX_SAFE_INTEGER],
])("%s is %d bytes", (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each([
  "",
  "m",
  "-1",
  "+1",
  "1.5g",
  "1 m",
  "1e3",
  "0x10",
  "1p",
  "1ib",
  "1mi",
  "1bb",
  "١k",
  "1m\n",
  "9007199254740992",
  "8192t",
  "12345678901234567",
])("%j is no amount", (text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test.each([
  [0, "0"],
  [1023, "1023"],
  [1024, "1KiB"],
  [1536, "1536"],
  [268_435_456, "256MiB"],
  [3 * 1024 ** 3, "3GiB"],
  [2048 * 1024 ** 4, "2048TiB"],
])("%d bytes are written %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("what is written is read as the same amount", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(40), (amount, zeros) => {
      const bytes = Number(BigInt.asUintN(53, BigInt(amount) << BigInt(zeros)));
      expect(parseBytes(formatBytes(bytes))).toBe(bytes);
    }),
    { numRuns: 2000 },
  );
});
