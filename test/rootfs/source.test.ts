import { describe, expect, test } from "vitest";
import { parseSource } from "../../src/rootfs/source.js";

test("a source is a kind, and a name where the kind has one", () => {
  expect(parseSource("host")).toEqual({ kind: "host", name: "", options: {} });
  expect(parseSource("host", { commands: ["sh"] })).toMatchObject({
    options: { commands: ["sh"] },
  });
});

describe("refused, with the sources there are:", () => {
  test.each(["", "hots", "host:", "host:x", "alpine", "constructor", "toString:x"])(
    "%j",
    (text) => {
      expect(() => parseSource(text)).toThrow(
        expect.objectContaining({
          code: "rootfs-source",
          values: expect.objectContaining({
            source: text,
            forms: expect.stringMatching(/^host\b/) as string,
          }) as object,
        }) as Error,
      );
    },
  );
});
