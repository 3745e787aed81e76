import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/bash/compile.js";
import { param, text } from "../../src/model/param.js";
import { isAbsolute, isAddress } from "../../src/model/spec/forms.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { type ValueTypeName, valueTypes } from "../../src/model/value-types.js";
import { records, runBash } from "../support/bash.js";
import { complete, textOfType } from "../support/containers.js";
import { scratchDirectory } from "../support/scratch.js";
import { shellText } from "../support/strings.js";

const anyPath = param.path("ANY_PATH", { default: "a" });
const anyText = param.text("ANY_TEXT", { default: "" });

/** The functions of a generated script, with every check there is; the last line, which starts it, is left out. */
const functions = compile(
  parseContainer({ ...complete(), process: { cwd: text`/${anyPath}`, args: [anyText] } }),
).replace(/\nmain "\$@"\n$/, "");

/** Runs one command for every text, as `text` in bash; what it prints as REPLY, or undefined when it is refused. */
function checkInBash(command: string, texts: readonly string[]): (string | undefined)[] {
  const file = path.join(scratchDirectory(), "texts");
  writeFileSync(file, texts.map((text) => `${text}\0`).join(""));
  const script = `${functions}
mapfile -d '' -t texts <"$1"
for text in "\${texts[@]}"; do
  REPLY=''
  (
    ${command}
    printf '+%s\\0' "\${REPLY}"
  ) 2>/dev/null || printf -- '-%d\\0' "$?"
done
`;
  const result = runBash(script, [file]);
  expect(result.stderr).toBe("");
  return records(result).map((record) => {
    if (record.startsWith("+")) return record.slice(1);
    // Refused in words, and not because the shell tripped over the text.
    expect(record).toBe("-125");
    return undefined;
  });
}

/** Texts near the edges of every type. */
const edges = [
  ...["", " ", "0", "-0", "00", "-", "--1", "+1", "1.0", "1e3", "0x10", "010", "08", "-08", "1 "],
  ...["999999999999999", "-999999999999999", "1000000000000000", "9223372036854775808"],
  ...["9007199254740991", "9007199254740992", "9999999999999999", "12345678901234567"],
  ...["8191t", "8192t", "8388607g", "8388608G", "0000000000000001k", "1kb", "1kib", "1KIB", "1ib"],
  ...["1b", "1B", "1bb", "1p", "1e", "٣", "३", "１", "1\n", "\n1", "a\nb", "a".repeat(63)],
  ...[
    "a".repeat(64),
    "-a",
    ".a",
    "_a",
    "a_",
    "é",
    "a/b",
    "A-Z.z_9",
    "/",
    "//",
    "/..",
    "/../",
    "/a/..b",
  ],
  ...[
    "..",
    "/a/../b",
    "a",
    "/a\u007f",
    "/\u0080",
    "/\u009f",
    "/\u00a0",
    "/\u2028",
    "/\t",
    "/é/容器",
  ],
  ...["a[$(id>&2)]", "$((1))", "*", "/*", "[a]", "\\", "x]]"],
];

const textNearType = (type: ValueTypeName) =>
  fc.oneof(
    textOfType[type],
    shellText,
    fc.constantFrom(...edges),
    fc.stringMatching(/^[+-]?0{0,4}[0-9]{0,17}[kKmMgGtTpP]?[iI]?[bB]?\n?$/),
  );

describe.each(Object.keys(valueTypes) as ValueTypeName[])("check_%s", (type) => {
  test("accepts, refuses and normalises as TypeScript does", () => {
    const seen = { accepted: 0, refused: 0 };
    const agree = (texts: readonly string[]) => {
      const expected = texts.map((text) => {
        const value = valueTypes[type].parse(text);
        return value === undefined ? undefined : String(value);
      });
      expect(checkInBash(`check_${type} PARAMETER "\${text}"`, texts)).toEqual(expected);
      seen.refused += expected.filter((each) => each === undefined).length;
      seen.accepted += expected.filter((each) => each !== undefined).length;
    };
    agree(edges);
    fc.assert(
      fc.property(fc.array(textNearType(type), { minLength: 100, maxLength: 100 }), agree),
      {
        numRuns: 8,
      },
    );
    expect(seen.accepted).toBeGreaterThan(200);
    if (type !== "text") expect(seen.refused).toBeGreaterThan(100);
  });
});

test("check_absolute agrees with TypeScript", () => {
  const part = fc.constantFrom("/", "..", ".", "a", "", "...", "容器", "\n", "*");
  const path = fc.oneof(
    fc.array(part).map((parts) => parts.join("")),
    textNearType("path"),
  );
  fc.assert(
    fc.property(fc.array(path, { minLength: 200, maxLength: 200 }), (texts) => {
      const refused = checkInBash('check_absolute PARAMETER "${text}"', texts);
      expect(refused.map((each) => each !== undefined)).toEqual(texts.map(isAbsolute));
    }),
    { numRuns: 5 },
  );
});

describe("check_address", () => {
  const part = fc.constantFrom(
    ...["0", "1", "9", "10", "99", "100", "199", "200", "249", "255", "256", "01", "ff", "FFFF"],
    ...["12345", "g", "", ":", "::", ".", "1.2.3.4", "::ffff", "%lo", " ", "\n"],
  );
  const joined = (separator: string) =>
    fc.array(part, { maxLength: 9 }).map((parts) => parts.join(separator));
  const near = fc.oneof(fc.ipV4(), fc.ipV6(), joined("."), joined(":"), shellText);

  test("agrees with TypeScript", () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(near, { minLength: 200, maxLength: 200 }), (texts) => {
        const expected = texts.map((text) => isAddress(text));
        const taken = checkInBash(`check_address PARAMETER "\${text}"`, texts);
        expect(taken.map((each) => each !== undefined)).toEqual(expected);
        accepted += expected.filter(Boolean).length;
      }),
      { numRuns: 8 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});

test("check_range takes both ends and nothing outside them", () => {
  const texts = ["-5", "999", "1000", "1001", "9007199254740991", "9007199254740992"];
  const accepted = checkInBash(
    'check_range PARAMETER "${text}" 1000 9007199254740991 bytes',
    texts,
  ).map((each) => each !== undefined);
  expect(accepted).toEqual([false, false, true, true, true, false]);
});
