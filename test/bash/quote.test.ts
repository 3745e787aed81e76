import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assigned, comment, element, quote, ShellVariable, word } from "../../src/bash/quote.js";
import { add, divide, param, subtract, text } from "../../src/model/param.js";
import { records, runBash } from "../support/bash.js";
import { lintScripts } from "../support/lint-scripts.js";
import { scratchDirectory } from "../support/scratch.js";
import { hostileTexts, scriptWords, shellText } from "../support/strings.js";

const manyTexts = fc.array(shellText, { minLength: 100, maxLength: 100 });

/** Runs a script that finds the texts themselves in the array `texts`. */
function runWithTexts(texts: readonly string[], script: string, locale = "C") {
  const file = path.join(scratchDirectory(), "texts");
  writeFileSync(file, texts.map((each) => `${each}\0`).join(""));
  return runBash(`set -euo pipefail\nmapfile -d '' -t texts <"$1"\n${script}`, [file], {
    LC_ALL: locale,
  });
}

describe("any text is exactly one word", () => {
  test.each(["C", "C.UTF-8"])("as an argument, in locale %s", (locale) => {
    fc.assert(
      fc.property(manyTexts, (texts) => {
        const result = runBash(`printf '%s\\0' ${texts.map(quote).join(" ")}`, [], {
          LC_ALL: locale,
        });
        expect(records(result)).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });

  test("as an element of an array", () => {
    fc.assert(
      fc.property(manyTexts, (texts) => {
        const script = `shopt -s extglob\na=(${texts.map(element).join(" ")})\nprintf '%s\\0' "\${#a[@]}" "\${a[@]}"`;
        expect(records(runBash(script))).toEqual(["100", ...texts]);
      }),
      { numRuns: 15 },
    );
  });

  test("as an assignment, also of a local variable", () => {
    fc.assert(
      fc.property(manyTexts, (texts) => {
        const lines = texts.flatMap((each) => [
          `x=${assigned(each)}`,
          `f() { local y=${assigned(each)}; printf '%s\\0' "\${x}" "\${y}"; }`,
          "f",
        ]);
        expect(records(runBash(lines.join("\n")))).toEqual(texts.flatMap((each) => [each, each]));
      }),
      { numRuns: 10 },
    );
  });

  test.each(["C", "C.UTF-8"])("on the right side of a comparison, in locale %s", (locale) => {
    fc.assert(
      fc.property(manyTexts, (texts) => {
        // The text itself is equal; a text with something before or after it is not, so nothing is a pattern.
        const lines = texts.flatMap((each, index) => [
          `[[ \${texts[${String(index)}]} == ${quote(each)} ]] || printf 'differs %d\\0' ${String(index)}`,
          `[[ "x\${texts[${String(index)}]}" != ${quote(each)} ]] || printf 'pattern %d\\0' ${String(index)}`,
          `[[ "\${texts[${String(index)}]}x" != ${quote(each)} ]] || printf 'pattern %d\\0' ${String(index)}`,
        ]);
        const result = runWithTexts(texts, [...lines, "printf 'end\\0'"].join("\n"), locale);
        expect({ stderr: result.stderr, records: records(result) }).toEqual({
          stderr: "",
          records: ["end"],
        });
      }),
      { numRuns: 10 },
    );
  });

  test("as the target of a redirection and behind --", () => {
    const names = hostileTexts.filter((each) => !/[/\0]/.test(each) && each !== "");
    const directory = scratchDirectory();
    const lines = names.map((each) => `: >${quote(each)}`);
    const script = [
      `cd -- ${quote(directory)}`,
      ...lines,
      "shopt -s dotglob",
      "printf '%s\\0' *",
    ].join("\n");
    expect(records(runBash(script)).sort()).toEqual([...names].sort());
  });

  test("with expansions between literal pieces", () => {
    const pieces = fc.array(fc.oneof(shellText, fc.constant("variable")), { maxLength: 6 });
    const value = "v a$(l)u`e`*'\"\\\n";
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 100, maxLength: 100 }), (lists) => {
        const words = lists.map((list) =>
          word(list.map((each) => (each === "variable" ? new ShellVariable("v") : each))),
        );
        const expected = lists.map((list) =>
          list.map((each) => (each === "variable" ? value : each)).join(""),
        );
        const script = `v=${quote(value)}\nprintf '%s\\0' ${words.join(" ")}`;
        expect(records(runBash(script))).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});

describe("the form of a word", () => {
  test.each([
    ["/usr/bin", "/usr/bin"],
    ["a=b,c@d:e%f+g", "a=b,c@d:e%f+g"],
    ["--wd=/", "--wd=/"],
    ["", "''"],
    ["two words", "'two words'"],
    ["it's", `"it's"`],
    ["$HOME", String.raw`"\$HOME"`],
    ["a\nb", String.raw`$'a\nb'`],
    ["\u00a0", String.raw`$'\302\240'`],
    ["容器", "'容器'"],
    ["-", "'-'"],
    ["~", "'~'"],
    ["=x", "'=x'"],
    ["then", "'then'"],
  ])("%j is written %s", (value, expected) => {
    expect(quote(value)).toBe(expected);
    expect(word(value)).toBe(expected);
  });

  test("the name of a command is quoted where it is assigned", () => {
    expect(assigned("test")).toBe("'test'");
    expect(assigned("/bin/sh")).toBe("/bin/sh");
    expect(assigned("two words")).toBe("'two words'");
  });

  test("commas and equals signs are quoted in an array", () => {
    expect(["a,b", "a=b", "--a=b", "a"].map(element)).toEqual(["'a,b'", "'a=b'", "'--a=b'", "a"]);
  });

  test("parameters and arithmetic are expanded inside double quotes", () => {
    const a = param.integer("A", { default: 1 });
    const b = param.bytes("B", { default: 1 });
    expect(word(a)).toBe('"${A}"');
    expect(word(text`x-${a} y`)).toBe('"x-${A} y"');
    expect(word(divide(add(a, -1), subtract(b, 2)))).toBe('"$(((A + (-1)) / (B - 2)))"');
    expect(word(text`a\n${a}`)).toBe(String.raw`$'a\n'"${"${A}"}"`);
    expect(word(["a", 1, ["b", "c"]])).toBe("a1bc");
  });
});

describe("comment", () => {
  test("is always one line, of characters that show", () => {
    fc.assert(
      fc.property(shellText, (each) => {
        expect(comment(each)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 3000 },
    );
  });

  test("is no directive to a linter", () => {
    expect(comment(" shellcheck disable=all")).toBe(' "shellcheck" disable=all');
  });

  test("nothing in it is executed", () => {
    const executed = [
      ...hostileTexts,
      "\necho hacked",
      "\r\necho hacked",
      "\\\necho hacked",
      "\u0085echo hacked",
    ];
    const script = executed.flatMap((each) => [`# ${comment(each)}`, "printf '.'"]).join("\n");
    const { stdout, stderr } = runBash(script);
    expect({ stdout: stdout.toString(), stderr }).toEqual({
      stdout: ".".repeat(executed.length),
      stderr: "",
    });
  });
});

test("no literal makes a linter complain, wherever it stands", () => {
  const generated = fc.sample(shellText, { numRuns: 300, seed: 20 });
  const texts = [...new Set([...hostileTexts, ...scriptWords, ...generated])];
  const variable = new ShellVariable("variable");
  const lines = texts.flatMap((each) => [
    `  # ${comment(each)}`.trimEnd(),
    `  variable=${assigned(each)}`,
    `  array+=(${element(each)} ${element([each, variable])})`,
    `  if [[ \${variable} != ${quote(each)} ]]; then`,
    `    printf '%s\\n' ${quote(each)} ${word([each, variable])} ${word([variable, each, variable])}`,
    "  fi",
  ]);
  const script = [
    "#!/usr/bin/env bash",
    "set -euo pipefail",
    "",
    "main() {",
    "  local variable",
    "  local -a array=()",
    ...lines,
    `  printf '%s\\n' "\${array[@]}"`,
    "}",
    "",
    "main",
    "",
  ].join("\n");
  expect(lintScripts({ hostile: script })).toBe("");
});
