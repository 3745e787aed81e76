import { messages } from "../bash/messages/index.js";
import { LaunchError } from "../kernel/launch/launch-error.js";
import { describe } from "../model/errors.js";
import { CooperError } from "../model/errors.js";
import type { Language } from "../model/language.js";
import { CommandFailure, HostProblem } from "../steps/host.js";

/** The status a shell or a script would have exited with. */
export type BuildStatus = 125 | 126 | 127;

/** A container that could not be built: which step failed, and why. Everything done before is undone. */
export class StepError extends Error {
  override readonly name = "StepError";
  /** The way the plan was carried out. */
  readonly path = "kernel";
  /** What kind of problem it is, by the codes of the generated scripts. */
  readonly code: string;
  /** 127: no such command; 126: it cannot be executed; 125: the container could not be built. */
  readonly exitCode: BuildStatus;

  constructor(
    /** The id of the step in the plan; `preflight` before the first. */
    readonly step: string,
    override readonly cause: unknown,
    /** What could not be undone, if anything. */
    readonly leftBehind: readonly Error[] = [],
  ) {
    super(`${step}: ${explain(cause, "en")}`, { cause });
    this.exitCode = cause instanceof LaunchError ? cause.exitCode : 125;
    this.code = codeOf(cause);
  }

  /** The message in a language. */
  describe(language: Language): string {
    return `${this.step}: ${explain(this.cause, language)}`;
  }
}

function codeOf(cause: unknown): string {
  if (cause instanceof HostProblem) return cause.code;
  if (cause instanceof CooperError) return cause.code;
  if (cause instanceof LaunchError && cause.exitCode === 127) return "command-not-found";
  if (cause instanceof LaunchError && cause.exitCode === 126) return "command-not-executable";
  return "command-failed";
}

function explain(cause: unknown, language: Language): string {
  const say = (code: string, values: Readonly<Record<string, string>>) => {
    const catalog: Readonly<Record<string, string>> = messages[language];
    return (catalog[code] ?? code).replace(
      /\{(\w+)\}/g,
      (whole, name: string) => values[name] ?? whole,
    );
  };
  if (cause instanceof HostProblem) return say(cause.code, cause.values);
  if (cause instanceof CommandFailure)
    return say("command-failed", { status: String(cause.status), command: cause.command });
  if (cause instanceof CooperError)
    return cause.problems.map((each) => describe(each, language)).join("\n");
  return cause instanceof Error ? cause.message : String(cause);
}
