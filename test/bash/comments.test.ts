import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { textWidth } from "../../src/model/text-width.js";
import { chinese } from "../support/chinese.js";
import { comments, differences, inEnglish } from "../support/comments.js";
import { repository, templateFiles } from "../support/template-files.js";

const templates = templateFiles().filter(({ name }) => name.endsWith(".sh"));

/** Columns that no comment goes beyond. */
const columns = 121;

/** A comment of a template: consecutive lines of which each says something by itself. */
interface Comment {
  readonly english: readonly string[];
  /** The lines that begin with `#zh` below, as a script has them. */
  readonly chinese: readonly string[];
}

/** Whether a line is a comment with words of its own, and not only with what a helper prints. */
const says = (line: string): boolean =>
  /^ *# /.test(line) && /\p{L}/u.test(line.replace(/\{\{.*?\}\}/g, ""));

function commentsOf(source: string): Comment[] {
  const found: { english: string[]; chinese: string[] }[] = [];
  let last: (typeof found)[number] | undefined;
  for (const line of source.split("\n")) {
    if (/^ *#zh /.test(line)) {
      if (last === undefined) found.push((last = { english: [], chinese: [] }));
      last.chinese.push(line.replace("#zh ", "# "));
    } else if (says(line)) {
      if (last === undefined || last.chinese.length > 0)
        found.push((last = { english: [], chinese: [] }));
      last.english.push(line);
    } else last = undefined;
  }
  return found;
}

const indent = (line: string): number => line.search(/\S/);

/** What is wrong with the comments of a template. */
const faults = (source: string): string[] =>
  commentsOf(source).flatMap(({ english, chinese: translation }) => {
    const where = english[0] ?? translation[0] ?? "";
    const lines = [...english, ...translation];
    return [
      ...(english.length === 0 ? [`no English: ${where}`] : []),
      ...(translation.length === 0 ? [`no Chinese: ${where}`] : []),
      ...english.filter((line) => chinese.test(line)).map((line) => `in Chinese: ${line}`),
      ...translation.filter((line) => !chinese.test(line)).map((line) => `not in Chinese: ${line}`),
      ...lines.filter((line) => textWidth(line) > columns).map((line) => `too wide: ${line}`),
      ...(new Set(lines.map(indent)).size > 1 ? [`not indented alike: ${where}`] : []),
    ];
  });

test.each(templates)("every comment of $name is there in both languages", ({ source }) => {
  expect(faults(source)).toEqual([]);
});

test("most templates have comments", () => {
  expect(templates.filter(({ source }) => commentsOf(source).length > 0).length).toBeGreaterThan(
    100,
  );
});

describe("the rule finds what it must", () => {
  test.each([
    ["# One.\n", "no Chinese"],
    ["#zh 一。\n", "no English"],
    ["# One.\n\n#zh 一。\n", "no Chinese"],
    ["# One.\n#zh One.\n", "not in Chinese"],
    ["# 一。\n#zh 一。\n", "in Chinese"],
    ["# One.\n#zh 一。\n# Two.\n", "no Chinese: # Two."],
    ["  # One.\n#zh 一。\n", "not indented alike"],
    [`# One.\n#zh ${"一".repeat(60)}\n`, "too wide"],
    ["# {{comment title}} of it\n", "no Chinese"],
  ])("%j", (source, fault) => {
    expect(faults(source).join("\n")).toContain(fault);
  });

  test.each(["# {{comment title}}\n", "#!/usr/bin/env bash\n#\n", "# One.\n# Two.\n#zh 一二。\n"])(
    "and nothing in %j",
    (source) => {
      expect(faults(source)).toEqual([]);
    },
  );
});

describe.each(readdirSync(path.join(repository, "golden")))("the scripts of %s", (name) => {
  const read = (file: string) => readFileSync(path.join(repository, "golden", name, file), "utf8");
  const english = read("script.sh");
  const inChinese = read("script.zh.sh");

  test("have comments in their language", () => {
    expect(inEnglish(comments(inChinese))).toEqual([]);
    expect(comments(english).filter((line) => chinese.test(line))).toEqual([]);
    expect(inEnglish(comments(english)).length).toBeGreaterThan(50);
  });

  test("do the same", () => {
    expect(differences(english, inChinese)).toEqual([]);
  });
});
