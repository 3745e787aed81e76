import { phaseTitles } from "../../steps/step.js";
import { readable } from "../../model/readable.js";
import { type Language, languages, type Translated } from "../../model/language.js";
import type { Spec } from "../../model/spec/parse.js";
import type { Stack } from "../../model/spec/stack.js";
import type { Lesson, Observations } from "../lessons/lesson.js";
import { read, type Reading, type StepReading } from "../reading.js";
import { byContainer, repeatedSteps } from "../repeated.js";
import { separator, words } from "../words.js";
import { fieldsOfLines } from "./config-fields.js";
import { draw, type Drawing } from "./drawing.js";
import { highlight } from "./highlight.js";
import { bilingual, type Row } from "./rows.js";

/** What a page is asked to show: a container, and the lesson about it where there is one. */
export interface Subject {
  readonly name: string;
  readonly described: Spec | Stack;
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
  /** Its steps, and of the other containers of a stack those that the first does not have alike. */
  readonly steps: readonly PageStep[];
  /** Of which steps of the others that is said. */
  readonly repeated: readonly Translated[];
  readonly drawing: Drawing;
}

/** Reads a container for the page. Pure. */
export function pageContainer(subject: Subject, index: number): PageContainer {
  const { name, described, lesson, observations, only } = subject;
  const readings = { en: read(described, "en"), zh: read(described, "zh") };
  const { config } = readings.en;
  const fields = fieldsOfLines(config);
  const colours = highlight(config, "typescript");
  const written = fields.flat();
  const { containers } = readings.en;
  const isShown = ({ step }: StepReading) => only?.includes(step.id) ?? true;
  const repeated = repeatedSteps(containers);
  const causes = containers.flatMap(({ steps }) => steps.map(({ step }) => step.cause));
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
    defaults: [...new Set(causes)].filter(
      (cause) => !written.some((field) => related(field, cause)),
    ),
    steps: pairs(readings)
      .filter(({ english }) => !repeated.has(english))
      .map(pageStep)
      .filter(({ id }) => only?.includes(id) ?? true),
    repeated: containers.flatMap((container) =>
      byContainer(container.steps.filter(isShown), repeated).map(([first, steps]) =>
        inBoth((language) => {
          const ids = steps.map(({ step }) => step.id).join(" ");
          const mark = separator[language];
          return `${container.name}${mark}${words[language].asIn(first)}${mark}${ids}`;
        }),
      ),
    ),
    drawing: draw(containers.map(({ plan }) => plan)),
  };
}

const inBoth = (textOf: (language: Language) => string): Translated => ({
  en: textOf("en"),
  zh: textOf("zh"),
});

function coloursOf<Colour>(colours: readonly Colour[], line: number): Colour {
  const found = colours[line];
  if (found === undefined) throw new RangeError("a line has no colours");
  return found;
}

/** Whether a field and what caused a step are the same or one contains the other. */
const related = (field: string, cause: string): boolean =>
  field === cause || field.startsWith(`${cause}.`) || cause.startsWith(`${field}.`);

/** A step in both languages, and the container it is of where that is not the first. */
interface StepPair {
  readonly english: StepReading;
  readonly chinese: StepReading;
  readonly other: string | undefined;
}

/** Pairs the two languages of each step. */
function pairs({ en, zh }: Record<Language, Reading>): StepPair[] {
  return en.containers.flatMap(({ name, steps }, index) =>
    steps.map((english, at) => {
      const chinese = zh.containers[index]?.steps[at];
      if (chinese === undefined) throw new RangeError("a plan is the same in every language");
      return { english, chinese, other: index === 0 ? undefined : name };
    }),
  );
}

function pageStep(
  { english, chinese, other }: StepPair,
  index: number,
  all: readonly StepPair[],
): PageStep {
  const { step } = english;
  const both = (textOf: (reading: StepReading) => string): Translated => ({
    en: textOf(english),
    zh: textOf(chinese),
  });
  const before = all[index - 1];
  const begins = before?.other !== other || before?.english.step.phase !== step.phase;
  return {
    key: [...(other === undefined ? [] : [other]), step.kind, step.id].join(" "),
    id: step.id,
    number: index + 1,
    where: step.where,
    phase: begins
      ? inBoth((language) => {
          const title = phaseTitles[step.phase][language];
          return other === undefined ? title : `${other}${separator[language]}${title}`;
        })
      : undefined,
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
}

const translated = (texts: Readonly<Record<"en" | "zh", Parameters<typeof readable>[0]>>) =>
  Object.fromEntries(languages.map((each) => [each, readable(texts[each])])) as Record<
    "en" | "zh",
    string
  >;
