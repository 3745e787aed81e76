import { describe, expect, test } from "vitest";
import { parseSource } from "../../src/rootfs/source.js";

test("a source is a kind, and a name where the kind has one", () => {
  expect(parseSource("host")).toEqual({ kind: "host", name: "", options: {} });
  expect(parseSource("image:registry.example:5000/app:1")).toMatchObject({
    kind: "image",
    name: "registry.example:5000/app:1",
  });
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

test("an option of another kind of source is refused", () => {
  for (const [source, options] of [
    ["host", { tag: "latest" }],
    ["image:app", { commands: ["sh"] }],
    ["archive:app.tar", { copy: ["/etc"] }],
    ["podman:app", { tag: "latest" }],
  ] as const)
    expect(() => parseSource(source, options)).toThrow(
      expect.objectContaining({
        code: "rootfs-option",
        values: { option: `--${Object.keys(options)[0] ?? ""}`, source: source.split(":")[0] },
      }) as Error,
    );
  expect(() => parseSource("host", { tag: undefined })).not.toThrow();
});
