import type { Translated } from "../../model/language.js";

/** What is told about one golden case: the concept, a question, and two experiments that a test really runs. */
export interface Lesson {
  /** The case, such as `03-cgroups`. */
  readonly name: string;
  readonly title: Translated;
  /** What this lesson adds to the one before, in a few sentences. */
  readonly concept: Translated;
  readonly question: Translated;
  readonly answer: Translated;
  readonly experiment: Experiment;
  /** The case without one of its steps. */
  readonly without: Experiment & {
    /** The id of the step that is left out. */
    readonly step: string;
  };
}

/** A command for the container and what it shows. */
export interface Experiment {
  /** The container of a stack that the command is executed in, while all run; of its own accord a stack takes none. */
  readonly inside?: string;
  readonly command: readonly [string, ...string[]];
  /** What is typed before, when the host needs something. */
  readonly prepare?: readonly string[];
  readonly shows: Translated;
}

/** What came of running a command in a container. */
export interface Observation {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What was observed of a lesson's two experiments: `golden/<case>/lesson.json`. */
export interface Observations {
  readonly experiment: Observation;
  readonly without: Observation;
}
