import { type Language } from "../../model/language.js";
import { textWidth } from "../../model/text-width.js";
import { cutToWidth, wrap } from "../../model/wrap.js";
import { phaseTitles } from "../../steps/step.js";
import { labelled, lineDiff, painter, type TerminalOptions } from "../terminal.js";
import { separator, words } from "../words.js";
import type { Change, Diff, StepDiff } from "./compare.js";
import { differs } from "./lines.js";
import { tell, type ToldContainer } from "./told.js";

export interface DiffTextOptions extends TerminalOptions {
  readonly language: Language;
  /** What the two sides are called. */
  readonly names: readonly [string, string];
}

const signs: Record<Change, string> = {
  added: "+",
  removed: "-",
  moved: "↕",
  changed: "~",
  same: " ",
};

const styles = {
  added: "green",
  removed: "red",
  moved: "yellow",
  changed: "yellow",
  same: "dim",
} as const;

/** A comparison for a terminal: the config, the list of steps, then every step that is not the same. */
export function formatDiff({ config, containers }: Diff, options: DiffTextOptions): string {
  const { language, names, color } = options;
  const paint = painter(color);
  const text = words[language];
  const heading = (title: string) => ["", paint("bold", title)];
  const lines = [
    paint("bold", `${names[0]} → ${names[1]}`),
    ...(differs(config)
      ? [...heading(text.config), ...lineDiff(config, options, text)]
      : ["", text.nothingChanged]),
    ...tell(containers, language).flatMap((container) => [
      ...heading(
        container.title === undefined
          ? text.steps
          : `${text.steps}${separator[language]}${container.title}`,
      ),
      ...containerLines(container, options),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function containerLines(
  { different, repeated, same }: ToldContainer,
  options: DiffTextOptions,
): string[] {
  const text = words[options.language];
  return [
    ...stepList(different, options),
    ...repeated.flatMap(([container, steps]) => idList(text.asIn(container), steps, options)),
    ...idList(text.unchanged, same, options),
    ...different.flatMap((step) => stepSection(step, options)),
  ];
}

/** One line for each step that is not the same. */
function stepList(
  steps: readonly StepDiff[],
  { color, columns, language }: DiffTextOptions,
): string[] {
  const paint = painter(color);
  const width = Math.max(...steps.map(({ reading }) => textWidth(reading.step.id)));
  return steps.map(({ change, reading: { step, title } }) => {
    const name = step.id + " ".repeat(width - textWidth(step.id));
    const line = `  ${signs[change]} ${name}  ${title}`;
    const where = ` (${words[language].changes[change]})`;
    const room = columns - textWidth(where);
    return paint(styles[change], (textWidth(line) > room ? shorten(line, room) : line) + where);
  });
}

const shorten = (line: string, columns: number) => `${cutToWidth(line, columns - 1)[0] ?? ""}…`;

/** Steps of which no more is told than that they are there. */
function idList(
  label: string,
  steps: readonly StepDiff[],
  { color, columns, language }: DiffTextOptions,
): string[] {
  if (steps.length === 0) return [];
  const ids = steps.map(({ reading }) => reading.step.id).join(" ");
  return labelled(`${label}${separator[language]}`, ids, columns).map((line) =>
    painter(color)("dim", line),
  );
}

function stepSection(
  { change, reading, bash, calls }: StepDiff,
  options: DiffTextOptions,
): string[] {
  const { color, columns, language } = options;
  const paint = painter(color);
  const text = words[language];
  const { step, title } = reading;
  const label = (name: string, value: string) =>
    value === "" ? [] : labelled(`${name}${separator[language]}`, value, columns);
  const part = (name: string, body: readonly string[]) =>
    body.length === 0 ? [] : ["", `  ${paint("cyan", name)}`, ...body];
  const inProgram = calls.flatMap(({ cgroupVersion, lines }) =>
    differs(lines)
      ? part(
          cgroupVersion === undefined
            ? text.calls
            : `${text.calls} (cgroup v${String(cgroupVersion)})`,
          lineDiff(lines, options, text),
        )
      : [],
  );
  return [
    "",
    ...wrap(`${signs[change]} ${step.id}  ${title}`, columns - 2).map((line, index) =>
      paint(styles[change], index === 0 ? line : `  ${line}`),
    ),
    ...label(
      text.field,
      `${step.cause}   ${text.phase}${separator[language]}${phaseTitles[step.phase][language]}`,
    ),
    // What a reader has known before is not told again.
    ...(change === "added" || change === "removed"
      ? [...label(text.what, reading.what), ...label(text.without, reading.without)]
      : []),
    ...(change === "added" ? label(text.manual, step.manual.join(", ")) : []),
    ...(differs(bash) ? part(text.bash, lineDiff(bash, options, text)) : []),
    ...(calls.length === 0 && step.where === "host"
      ? ["", `  ${paint("cyan", text.calls)}`, ...labelled("  ", text.byLauncher, columns)]
      : inProgram),
  ];
}
