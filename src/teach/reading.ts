import { compileSteps } from "../bash/compile.js";
import { writeTypescript } from "../config/typescript/write/write-typescript.js";
import { stepPrograms } from "../executor/program-text.js";
import type { Language } from "../model/language.js";
import { readable } from "../model/readable.js";
import type { Spec } from "../model/spec/parse.js";
import { containersOf, type Stack } from "../model/spec/stack.js";
import { type Plan, plans } from "../plan/plan.js";
import type { Step } from "../steps/step.js";

/** The system calls of one step, as strace(1) prints them. */
export interface Calls {
  /** The version of the host's control groups these are for; undefined when it makes no difference. */
  readonly cgroupVersion: 1 | 2 | undefined;
  readonly lines: readonly string[];
}

/** Everything there is to read about one step of a plan. */
export interface StepReading {
  readonly step: Step;
  /** One line that says what happens. */
  readonly title: string;
  /** What it does, and what breaks without it. */
  readonly what: string;
  readonly without: string;
  /** Its bash functions, as they stand in the script. */
  readonly bash: readonly string[];
  /** What the container's first process does for it; the launcher itself carries out steps of the host. */
  readonly calls: readonly Calls[];
}

/** One container to read: its plan step by step, as bash and as system calls. */
export interface ContainerReading {
  readonly name: string;
  readonly plan: Plan;
  readonly steps: readonly StepReading[];
}

/** What a config describes, to read: a container, or those of a stack. */
export interface Reading {
  readonly described: Spec | Stack;
  /** The config as TypeScript, without what has its default. */
  readonly config: readonly string[];
  readonly containers: readonly ContainerReading[];
}

/** Reads what a config describes in one language. Pure: nothing is run. */
export function read(described: Spec | Stack, language: Language): Reading {
  return {
    described,
    config: linesOf(writeTypescript(described)),
    containers: plans(containersOf(described)).map((each) => readContainer(each, language)),
  };
}

function readContainer(planned: Plan, language: Language): ContainerReading {
  const { spec, steps } = planned;
  const bash = compileSteps(spec, { language });
  const programs = stepPrograms(planned, { language });
  return {
    name: readable(spec.name),
    plan: planned,
    steps: steps.map((step) => ({
      step,
      title: readable(step.title[language]),
      ...step.explanation[language],
      bash: linesOf(bash.get(step.id) ?? ""),
      calls: programs
        .filter((program) => program.step.id === step.id)
        .map(({ cgroupVersion, lines }) => ({ cgroupVersion, lines })),
    })),
  };
}

const linesOf = (text: string): string[] => text.trimEnd().split("\n");
