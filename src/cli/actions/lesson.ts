import type { Language } from "../../model/language.js";
import { compare } from "../../teach/diff/compare.js";
import { formatLadder, formatLesson } from "../../teach/lessons/format.js";
import { lessons } from "../../teach/lessons/index.js";
import { readObservations } from "../../teach/lessons/observations.js";
import { read } from "../../teach/reading.js";
import { CommandError } from "../command-error.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { readDescription } from "../read-description.js";

/** `cooper lesson`: the ladder, or one lesson of it by its number or its case. */
export async function lessonCommand(wanted: string | undefined, language: Language): Promise<void> {
  const options = { language, ...outputStyle() };
  if (wanted === undefined) {
    print(formatLadder(lessons, options));
    return;
  }
  const index = lessons.findIndex(
    ({ name }, at) => name === wanted || String(at + 1) === wanted || name.slice(0, 2) === wanted,
  );
  const lesson = lessons[index];
  if (lesson === undefined)
    throw new CommandError("lesson-unknown", { lesson: wanted, last: String(lessons.length) });
  const reading = read(await readDescription(lesson.name, {}), language);
  const before = lessons[index - 1];
  const difference =
    before === undefined
      ? undefined
      : {
          before: before.name,
          diff: compare(read(await readDescription(before.name, {}), language), reading),
        };
  const parts = {
    number: index + 1,
    observations: readObservations(lesson.name),
    difference,
    config: reading.config,
  };
  print(formatLesson(lesson, parts, options));
}
