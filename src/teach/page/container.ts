import { phaseTitles } from "../../steps/step.js";
import { readable } from "../../model/readable.js";
import { languages, type Translated } from "../../model/language.js";
import type { Spec } from "../../model/spec/parse.js";
import type { Lesson, Observations } from "../lessons/lesson.js";
import { read, type Reading, type StepReading } from "../reading.js";
import { fieldsOfLines } from "./config-fields.js";
import { draw, type Drawing } from "./drawing.js";
import { highlight } from "./highlight.js";
import { bilingual, type Row } from "./rows.js";

/** What a page is asked to show: a container, and the lesson about it where there is one. */
export interface Subject {
  readonly name: string;
  readonly spec: Spec;
  readonly lesson?: Lesson | undefined;
  readonly observations?: Observations | undefined;
  /** Ids of the steps to show; all by default. */
  readonly only?: readonly string[] | undefined;
}

export interface PageCalls {
  /** The version of control groups they are for; 0 when it makes no difference. */
  readonly cgroupVersion: 0 | 1 | 2;
  readonly rows: readonly Row[];
}

export interface PageStep {
  readonly key: string;
  readonly id: string;
  readonly number: number;
  readonly where: "host" | "container";
  /** The title of its phase, where a phase begins. */
  readonly phase: Translated | undefined;
  readonly cause: string;
  readonly title: Translated;
  readonly what: Translated;
  readonly without: Translated;
  readonly undo: Translated | undefined;
  readonly manual: string;
  readonly effects: readonly string[];
  readonly bash: readonly Row[];
  readonly calls: readonly PageCalls[];
}

export interface ConfigLine {
  readonly row: Row;
  readonly fields: string;
}

/** One container as the page shows it, in both languages. */
export interface PageContainer {
  /** An id in the document: `c0`. */
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly title: Translated;
  readonly lesson: Lesson | undefined;
  readonly observations: Observations | undefined;
  readonly config: readonly ConfigLine[];
  /** Fields that caused a step and are not written, because they have their default. */
  readonly defaults: readonly string[];
  readonly steps: readonly PageStep[];
  readonly drawing: Drawing;
}

/** Reads a container for the page. Pure. */
export function pageContainer(subject: Subject, index: number): PageContainer {
  const { name, spec, lesson, observations, only } = subject;
  const readings = { en: read(spec, "en"), zh: read(spec, "zh") };
  const { config } = readings.en;
  const fields = fieldsOfLines(config);
  const colours = highlight(config, "typescript");
  const written = fields.flat();
  const causes = [...new Set(readings.en.steps.map(({ step }) => step.cause))];
  return {
    id: `c${String(index)}`,
    number: index + 1,
    name,
    title: lesson?.title ?? { en: name, zh: name },
    lesson,
    observations,
    config: config.map((text, line) => ({
      row: { language: undefined, text, code: coloursOf(colours, line) },
      fields: (fields[line] ?? []).join(" "),
    })),
    defaults: causes.filter((cause) => !written.some((field) => related(field, cause))),
    steps: stepsOf(readings).filter(({ id }) => only?.includes(id) ?? true),
    drawing: draw(readings.en.plan),
  };
}

function coloursOf<Colour>(colours: readonly Colour[], line: number): Colour {
  const found = colours[line];
  if (found === undefined) throw new RangeError("a line has no colours");
  return found;
}

/** Whether a field and what caused a step are the same or one contains the other. */
export const related = (field: string, cause: string): boolean =>
  field === cause || field.startsWith(`${cause}.`) || cause.startsWith(`${field}.`);

/** Pairs the two languages of each step. */
function stepsOf({ en, zh }: Record<"en" | "zh", Reading>): PageStep[] {
  return en.steps.map((english, index) => {
    const chinese = zh.steps[index];
    if (chinese === undefined) throw new RangeError("a plan is the same in every language");
    const { step } = english;
    const both = (textOf: (reading: StepReading) => string): Translated => ({
      en: textOf(english),
      zh: textOf(chinese),
    });
    return {
      key: `${step.kind} ${step.id}`,
      id: step.id,
      number: index + 1,
      where: step.where,
      phase: en.steps[index - 1]?.step.phase === step.phase ? undefined : phaseTitles[step.phase],
      cause: step.cause,
      title: both(({ title }) => title),
      what: both(({ what }) => what),
      without: both(({ without }) => without),
      undo: step.undo && translated(step.undo),
      manual: step.manual.join(", "),
      effects: step.effects.map(({ target }) => readable(target)),
      bash: bilingual({ en: english.bash, zh: chinese.bash }, "bash"),
      calls: english.calls.map(({ cgroupVersion, lines }, at): PageCalls => ({
        cgroupVersion: cgroupVersion ?? 0,
        rows: bilingual({ en: lines, zh: chinese.calls[at]?.lines ?? [] }, "c"),
      })),
    };
  });
}

const translated = (texts: Readonly<Record<"en" | "zh", Parameters<typeof readable>[0]>>) =>
  Object.fromEntries(languages.map((each) => [each, readable(texts[each])])) as Record<
    "en" | "zh",
    string
  >;
