import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.js";
import { textWidth } from "../../src/model/text-width.js";
import { chinese, englishProse } from "../support/chinese.js";

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const english = all(createProgram("en"));
const translated = all(createProgram("zh"));
const named = translated.map((command, index) => ({
  name: command.name(),
  zh: command,
  en: english[index] ?? command,
}));

describe.each(named)("help of $name", ({ zh, en }) => {
  test("has no heading, choice or default in English where the rest is Chinese", () => {
    expect(zh.helpInformation()).toMatch(/^用法：/);
    expect(zh.helpInformation()).not.toMatch(
      /Usage:|Arguments:|Options:|Commands:|choices:|default:|\[options\]|\[command\]/,
    );
    expect(en.helpInformation()).not.toMatch(chinese);
  });

  test("explains everything in both languages", () => {
    const texts = (command: Command) => [
      ...(command.name() === "parity-inside" ? [] : [command.description()]),
      ...command.registeredArguments.map(({ description }) => description),
      ...command.options.filter(({ hidden }) => !hidden).map(({ description }) => description),
    ];
    for (const text of texts(zh)) {
      expect(text).toMatch(chinese);
      expect(text).not.toMatch(englishProse);
    }
    for (const text of texts(en)) expect(text).toMatch(/^[^\u4e00-\u9fff]+$/);
  });

  test("fits a terminal of 80 columns", () => {
    for (const command of [zh, en])
      for (const line of command.helpInformation().split("\n").slice(1))
        expect(textWidth(line)).toBeLessThanOrEqual(80);
  });
});
