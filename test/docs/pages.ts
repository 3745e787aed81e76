/** The hand-written pages: the READMEs and those below docs/ that are not generated. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { languages } from "../../src/model/language.js";
import { repository } from "../support/template-files.js";
import { generatedNames } from "./generate.js";

/** A fenced block of a page. */
export interface Block {
  /** Where it begins, such as `README.md:12`. */
  readonly place: string;
  /** The first word behind the fence. */
  readonly tag: string;
  /** The second: the name of the file that the block is. */
  readonly file: string | undefined;
  readonly text: string;
}

/** A command as the pages show it, with what it prints. */
export interface ShownCommand {
  /** Whether it needs root: its prompt is `#` and not `$`. */
  readonly root: boolean;
  readonly command: string;
  readonly output: readonly string[];
}

/** Paths of all hand-written pages, from the repository. */
export const handWritten: readonly string[] = [
  "README.md",
  "README.zh.md",
  ...languages.flatMap((language) =>
    readdirSync(path.join(repository, "docs", language))
      .filter((name) => !generatedNames.includes(name))
      .map((name) => `docs/${language}/${name}`),
  ),
];

export const readPage = (page: string): string => readFileSync(path.join(repository, page), "utf8");

/** The page that says the same in the other language. */
export const chineseOf = (page: string): string =>
  page === "README.md" ? "README.zh.md" : page.replace("docs/en/", "docs/zh/");

export const isChinese = (page: string): boolean => page.includes("zh");

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readPage(page);
  return [...text.matchAll(/^```(\S*) ?(\S*)\n(.*?)^```$/gms)].map((found) => {
    const [, tag = "", file = "", body = ""] = found;
    const line = text.slice(0, found.index).split("\n").length;
    return { place: `${page}:${line}`, tag, file: file === "" ? undefined : file, text: body };
  });
}

/** The commands of a `console` block, each with the lines that stand below it. */
export function commandsOf({ place, text }: Block): ShownCommand[] {
  const commands: { root: boolean; command: string; output: string[] }[] = [];
  for (const line of text.trimEnd().split("\n")) {
    const prompt = /^([#$]) (.*)$/.exec(line);
    const last = commands.at(-1);
    if (prompt !== null)
      commands.push({ root: prompt[1] === "#", command: prompt[2] ?? "", output: [] });
    else if (last === undefined) throw new Error(`${place}: output without a command`);
    else last.output.push(line);
  }
  return commands;
}

/** What output has to match: `…` stands for anything within a line and, alone in one, for any number of lines. */
export function shownAs(output: readonly string[]): RegExp {
  const lines = output.map((line) =>
    line.trim() === "…" ? "(?:.*\n)*?" : `${line.split("…").map(escapeRegExp).join(".*")}\n`,
  );
  return new RegExp(`^${lines.join("")}$`);
}

const escapeRegExp = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
