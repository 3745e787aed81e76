import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draft, marked, opening } from "../../src/bash/draft.js";
import { comment, ShellVariable, word } from "../../src/bash/quote.js";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\u0001", "\u0002x\u0003", "\u0004a\u0004"),
);

describe("a draft", () => {
  test("has the words of its text, whatever they say", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const value = [one, new ShellVariable("given"), other];
        const draft = new Draft(`lock ${marked(value, word(value))} # ${comment(one)}`);
        expect(draft.text()).toBe(`lock ${word(value)} # ${comment(one)}`);
      }),
    );
  });

  test("tells its code from what its words say, but for variables", () => {
    fc.assert(
      fc.property(text, (literal) => {
        const value = [literal, new ShellVariable("given")];
        const draft = new Draft(`lock ${marked(value, word(value))}`);
        expect(draft.code).toBe('lock "${given}"');
      }),
    );
  });

  test("leaves names open for the linker", () => {
    const draft = new Draft(`export -f ${opening("functions")}`);
    expect(draft.text({ functions: ["lock", "write"] })).toBe("export -f lock write");
    expect(() => draft.text()).toThrow('nothing is known for "functions"');
  });
});
