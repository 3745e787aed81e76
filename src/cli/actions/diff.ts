import { type ContainerFlags, hasFlags } from "../../config/flags.js";
import type { Language } from "../../model/language.js";
import { compare } from "../../teach/diff/compare.js";
import { diffJson } from "../../teach/diff/json.js";
import { diffMarkdown } from "../../teach/diff/markdown.js";
import { formatDiff } from "../../teach/diff/terminal.js";
import { buildPage } from "../../teach/page/page.js";
import { renderPage } from "../../teach/page/render.js";
import { read } from "../../teach/reading.js";
import { CommandError } from "../command-error.js";
import type { ConfigOptions } from "../command-context.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { readDescription } from "../read-description.js";

export interface DiffCommandOptions extends ConfigOptions {
  readonly format: "text" | "markdown" | "json" | "html";
}

/**
 * `cooper diff`: what is different between two containers or stacks, and why. Flags change the second; when only one is
 * named, the second is the same with the flags.
 */
export async function diffCommand(
  [before, named]: readonly [string, string | undefined],
  flags: ContainerFlags,
  { format, set }: DiffCommandOptions,
  language: Language,
): Promise<void> {
  if (named === undefined && !hasFlags(flags)) throw new CommandError("diff-one");
  const after = named ?? before;
  const sides = [
    await readDescription(before, {}, set),
    await readDescription(after, flags, set),
  ] as const;
  const names = [before, hasFlags(flags) ? `${after} …` : after] as const;
  if (format === "html") {
    const subjects = sides.map((described, index) => ({ name: names[index] ?? "", described }));
    print(renderPage(buildPage(subjects, { language, compare: true })));
    return;
  }
  const difference = compare(read(sides[0], language), read(sides[1], language));
  if (format === "json") print(`${JSON.stringify(diffJson(difference, names), null, 2)}\n`);
  else if (format === "markdown") print(diffMarkdown(difference, { language, names }));
  else print(formatDiff(difference, { language, names, ...outputStyle() }));
}
