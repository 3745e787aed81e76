import type { Language } from "../../model/language.js";
import { separator, words, type Words } from "../words.js";
import type { Diff, StepDiff } from "./compare.js";
import { differs, hunks, type Line } from "./lines.js";
import { tell, type ToldContainer } from "./told.js";

export interface MarkdownOptions {
  readonly language: Language;
  readonly names: readonly [string, string];
}

const signs = { same: " ", added: "+", removed: "-" } as const;

/** A comparison as a Markdown document. */
export function diffMarkdown(
  { config, containers }: Diff,
  { language, names }: MarkdownOptions,
): string {
  const text = words[language];
  const blocks = [
    `# ${names.map(inline).join(" → ")}`,
    ...(differs(config) ? [`## ${text.config}`, fence(config, text)] : [text.nothingChanged]),
    ...tell(containers, language).flatMap((container) =>
      containerBlocks(container, language, text),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function containerBlocks(
  { title, different, repeated }: ToldContainer,
  language: Language,
  text: Words,
): string[] {
  const list = [
    ...different.map(
      ({ change, reading }) =>
        `- \`${reading.step.id}\` ${inline(reading.title)} (${text.changes[change]})`,
    ),
    ...repeated.map(([container, steps]) => {
      const ids = steps.map(({ reading }) => `\`${reading.step.id}\``).join(" ");
      return `- ${inline(text.asIn(container))}${separator[language]}${ids}`;
    }),
  ];
  return [
    `## ${text.steps}${title === undefined ? "" : `${separator[language]}${inline(title)}`}`,
    ...(list.length === 0 ? [] : [list.join("\n")]),
    ...different.flatMap((step) => section(step, language, text)),
  ];
}

function section(
  { change, reading, bash, calls }: StepDiff,
  language: Language,
  text: Words,
): string[] {
  const { step, title, what, without } = reading;
  const label = (name: string, value: string) =>
    value === "" ? [] : [`**${name}**${separator[language]}${value}`];
  return [
    `### ${step.id} (${text.changes[change]})`,
    inline(title),
    [
      ...label(text.field, `\`${step.cause}\``),
      ...(change === "added" || change === "removed"
        ? [...label(text.what, inline(what)), ...label(text.without, inline(without))]
        : []),
      ...(change === "added" ? label(text.manual, step.manual.map(inline).join(", ")) : []),
    ].join("\\\n"),
    ...(differs(bash) ? [`#### ${text.bash}`, fence(bash, text)] : []),
    ...(calls.length === 0 && step.where === "host"
      ? [`#### ${text.calls}`, `*${text.byLauncher}*`]
      : calls
          .filter(({ lines }) => differs(lines))
          .flatMap(({ cgroupVersion, lines }) => [
            `#### ${text.calls}${cgroupVersion === undefined ? "" : ` (cgroup v${String(cgroupVersion)})`}`,
            fence(lines, text),
          ])),
  ];
}

/** Lines in a fence that none of them can close. */
function fence(lines: readonly Line[], text: Words): string {
  const body = hunks(lines).flatMap(({ lines: shown, skipped }) => [
    ...(skipped === 0 ? [] : [`@@ ${text.skipped(skipped)} @@`]),
    ...shown.map((line) => `${signs[line.kind]} ${line.text}`),
  ]);
  const longest = Math.max(
    0,
    ...body.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length),
  );
  const ticks = "`".repeat(Math.max(3, longest + 1));
  return [`${ticks}diff`, ...body, ticks].join("\n");
}

/** Text that Markdown shows as it is. */
const inline = (text: string) => text.replace(/[\\`*_{}[\]<>#|!$~]/g, "\\$&");
