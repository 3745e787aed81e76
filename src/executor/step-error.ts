import { LaunchError } from "../kernel/launch/launch-error.js";
import type { Language } from "../model/language.js";
import { codeOf, explain, explainLeftBehind } from "./explain-failure.js";

/** The status a shell or a script would have exited with. */
export type BuildStatus = 125 | 126 | 127;

export interface StepErrorOptions {
  /** What could not be undone, if anything. */
  readonly leftBehind?: readonly Error[];
  /** What was to be run, as the caller wrote it. */
  readonly command?: string;
  /** The working directory it was to be run in. */
  readonly cwd?: string;
}

/**
 * A container that could not be built, or a command that could not be started in one: which step failed, and
 * why. Everything done before is undone. `message` is English; see {@link describe}.
 *
 * @example
 * import { run, StepError } from "cooper";
 *
 * try {
 *   await run({ name: "box", privileged: true, process: { args: ["no-such-command"] } });
 * } catch (error) {
 *   if (!(error instanceof StepError)) throw error;
 *   console.log(error.step, error.code, error.exitCode); // exec command-not-found 127
 *   console.log(error.describe("zh")); // exec: 容器中没有命令 no-such-command
 * }
 */
export class StepError extends Error {
  override readonly name = "StepError";
  /** The way the plan was carried out. */
  readonly path = "kernel";
  /** What kind of problem it is, by the codes of the generated scripts. */
  readonly code: string;
  /** 127: no such command; 126: it cannot be executed; 125: the container could not be built. */
  readonly exitCode: BuildStatus;
  /** What could not be undone, if anything. */
  readonly leftBehind: readonly Error[];
  readonly #values: Readonly<Record<string, string>>;

  constructor(
    /** The id of the step in the plan; `preflight` before the first. */
    readonly step: string,
    override readonly cause: unknown,
    { leftBehind = [], command = "", cwd = "" }: StepErrorOptions = {},
  ) {
    const code = codeOf(cause);
    const values = { command, path: cwd };
    super(`${step}: ${explain(cause, code, values, "en")}`, { cause });
    this.exitCode = cause instanceof LaunchError ? cause.exitCode : 125;
    this.code = code;
    this.leftBehind = leftBehind;
    this.#values = values;
  }

  /** What went wrong, in a language, without the step. */
  explain(language: Language): string {
    return explain(this.cause, this.code, this.#values, language);
  }

  /** What could not be undone and why, in a language. */
  explainLeftBehind(language: Language): string[] {
    return explainLeftBehind(this.leftBehind, language);
  }

  /** The message in a language. */
  describe(language: Language): string {
    return `${this.step}: ${this.explain(language)}`;
  }
}
