import type { Language } from "../../model/language.js";
import { wrap } from "../../model/wrap.js";
import { formatDiff } from "../diff/terminal.js";
import type { Diff } from "../diff/compare.js";
import { codeLines, labelled, painter, type TerminalOptions } from "../terminal.js";
import { separator, words } from "../words.js";
import { experimentCommands } from "./commands.js";
import type { Experiment, Lesson, Observation, Observations } from "./lesson.js";

export interface LessonOptions extends TerminalOptions {
  readonly language: Language;
}

/** What is shown of a lesson beside its own text. */
export interface LessonParts {
  readonly number: number;
  readonly observations: Observations;
  /** What it adds to the lesson before it; undefined for the first. */
  readonly difference: { readonly before: string; readonly diff: Diff } | undefined;
  /** The config, for the first lesson, which has none before it. */
  readonly config: readonly string[];
}

/** One lesson for a terminal. */
export function formatLesson(lesson: Lesson, parts: LessonParts, options: LessonOptions): string {
  const { language, columns, color } = options;
  const { number, observations, difference, config } = parts;
  const paint = painter(color);
  const text = words[language];
  const heading = (title: string) => ["", paint("bold", title), ""];
  const prose = (value: string) => wrap(value, columns - 2).map((line) => `  ${line}`);
  return [
    ...wrap(text.lesson(number, lesson.title[language]), columns).map((line) =>
      paint("bold", line),
    ),
    "",
    ...prose(lesson.concept[language]),
    ...(difference === undefined
      ? [...heading(text.config), ...codeLines(config, columns)]
      : [
          "",
          ...formatDiff(difference.diff, {
            ...options,
            names: [difference.before, lesson.name],
          })
            .trimEnd()
            .split("\n"),
        ]),
    ...heading(text.question),
    ...prose(lesson.question[language]),
    ...heading(text.experiment),
    ...experiment(lesson.name, undefined, lesson.experiment, observations.experiment, options),
    ...heading(text.withoutStep(lesson.without.step)),
    ...experiment(lesson.name, lesson.without.step, lesson.without, observations.without, options),
    ...heading(text.answer),
    ...prose(lesson.answer[language]),
    "",
  ].join("\n");
}

/** How it is done, what comes of it, and what that shows. */
function experiment(
  name: string,
  without: string | undefined,
  about: Experiment,
  { status, stdout, stderr }: Observation,
  { language, columns, color }: LessonOptions,
): string[] {
  const paint = painter(color);
  const text = words[language];
  const commands = experimentCommands(name, about, without).map((command) => `# ${command}`);
  const output = (stream: string) =>
    codeLines(stream === "" ? [] : stream.trimEnd().split("\n"), columns);
  return [
    // Not folded: a line break within quotes would make another command of it when it is copied.
    ...commands.map((command) => paint("cyan", `    ${command}`)),
    ...output(stdout),
    ...output(stderr).map((line) => paint("red", line)),
    "",
    ...labelled(`${text.status}${separator[language]}`, String(status), columns),
    ...labelled("", about.shows[language], columns),
  ];
}

/** The ladder: one line for each lesson. */
export function formatLadder(all: readonly Lesson[], { language, color }: LessonOptions): string {
  const paint = painter(color);
  const rows = all.map(
    ({ name, title }, index) =>
      `${String(index + 1).padStart(2)}  ${paint("bold", title[language])}  ${paint("dim", name)}\n`,
  );
  return [...rows, `\n${words[language].ladder}\n`].join("");
}
