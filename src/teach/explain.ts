import type { Language } from "../model/language.js";
import { wrap } from "../model/wrap.js";
import { readable } from "../model/readable.js";
import { phaseTitles } from "../steps/step.js";
import type { ContainerReading, StepReading } from "./reading.js";
import { byContainer, repeatedSteps } from "./repeated.js";
import { codeLines, labelled, painter, type TerminalOptions } from "./terminal.js";
import { separator, words } from "./words.js";

export interface ExplainOptions extends TerminalOptions {
  readonly language: Language;
}

/**
 * A guided reading for a terminal: for each step the field that caused it, what it does and what breaks without it, its
 * effects, its bash and its system calls. What containers of a stack have in common is told of the first.
 *
 * @param chosen the steps to explain, all or some of the containers'
 */
export function formatExplanation(
  containers: readonly ContainerReading[],
  chosen: (step: StepReading) => boolean,
  options: ExplainOptions,
): string {
  const paint = painter(options.color);
  const repeated = repeatedSteps(containers);
  const lines = containers.flatMap(({ name, steps: all }) => [
    ...(containers.length === 1 ? [] : [paint("bold", name), ""]),
    ...byContainer(all.filter(chosen), repeated).flatMap(([container, steps]) => [
      ...labelled(
        `${words[options.language].asIn(container)}${separator[options.language]}`,
        steps.map(({ step }) => step.id).join(" "),
        options.columns,
      ),
      "",
    ]),
    ...containerLines(
      all.filter((step) => chosen(step) && !repeated.has(step)),
      all,
      options,
    ),
  ]);
  return `${lines.join("\n").trimEnd()}\n`;
}

function containerLines(
  steps: readonly StepReading[],
  total: readonly StepReading[],
  options: ExplainOptions,
): string[] {
  const paint = painter(options.color);
  return steps.flatMap((reading, index) => {
    const { phase } = reading.step;
    const heading =
      steps[index - 1]?.step.phase === phase
        ? []
        : [paint("bold", phaseTitles[phase][options.language]), ""];
    return [
      ...heading,
      ...stepLines(reading, total.indexOf(reading) + 1, total.length, options),
      "",
    ];
  });
}

function stepLines(
  { step, title, what, without, bash, calls }: StepReading,
  number: number,
  total: number,
  options: ExplainOptions,
): string[] {
  const { language, columns, color } = options;
  const paint = painter(color);
  const text = words[language];
  const label = (name: string, value: string) =>
    value === "" ? [] : labelled(`${name}${separator[language]}`, value, columns);
  const part = (name: string) => ["", `  ${paint("cyan", name)}`];
  const effects = step.effects.map(({ target }) => readable(target)).join(", ");
  return [
    ...wrap(`${String(number)}/${String(total)} ${step.id}  ${title}`, columns).map((line) =>
      paint("bold", line),
    ),
    ...label(text.field, step.cause),
    ...label(text.what, what),
    ...label(text.without, without),
    ...label(text.effects, effects),
    ...label(text.undo, readable(step.undo?.[language] ?? "")),
    ...label(text.manual, step.manual.join(", ")),
    ...part(text.bash),
    ...codeLines(bash, columns),
    ...(calls.length === 0
      ? [...part(text.calls), ...labelled("  ", text.byLauncher, columns)]
      : calls.flatMap(({ cgroupVersion, lines }) => [
          ...part(
            cgroupVersion === undefined
              ? text.calls
              : `${text.calls} (cgroup v${String(cgroupVersion)})`,
          ),
          ...codeLines(lines, columns),
        ])),
  ];
}
