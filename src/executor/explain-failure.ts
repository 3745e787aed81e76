import { LaunchError } from "../kernel/launch/launch-error.js";
import { CooperError, describe } from "../model/errors.js";
import type { Language } from "../model/language.js";
import { CommandFailure, HostProblem } from "../steps/host.js";
import { say } from "./messages/index.js";

/** What could not be undone and why, in a language. */
export const explainLeftBehind = (errors: readonly Error[], language: Language): string[] =>
  errors.map((each) => explain(each, codeOf(each), {}, language));

/** What a launch can fail with that has a message of its own. */
const launchCodes = ["command-not-found", "command-not-executable", "cwd-missing"];

/** What a script does by writing to a file. */
const writes = /^(write|sethostname)\(|\bO_WRONLY\b/;

/** What kind of problem something is that went wrong, by the codes of the generated scripts. */
export function codeOf(cause: unknown): string {
  if (cause instanceof HostProblem) return cause.code;
  if (cause instanceof CooperError) return cause.code;
  if (cause instanceof LaunchError) {
    if (cause.exitCode === 127) return "command-not-found";
    if (cause.exitCode === 126) return "command-not-executable";
    if (cause.syscall === "chdir" && /^(ENOENT|ENOTDIR)$/.test(cause.errnoName))
      return "cwd-missing";
    if (writes.test(cause.call)) return "write-failed";
  }
  return "command-failed";
}

/**
 * What went wrong, in a language.
 *
 * @param values what the placeholders of a launch's message stand for
 */
export function explain(
  cause: unknown,
  code: string,
  values: Readonly<Record<string, string>>,
  language: Language,
): string {
  if (cause instanceof HostProblem) return say(language, cause.code, cause.values);
  if (cause instanceof CommandFailure)
    return say(language, code, { status: String(cause.status), command: cause.command });
  if (cause instanceof CooperError)
    return cause.problems.map((each) => describe(each, language)).join("\n");
  if (cause instanceof LaunchError)
    return launchCodes.includes(code)
      ? say(language, code, values)
      : `${cause.call}: ${cause.errnoName} (${cause.meaning})`;
  return cause instanceof Error ? cause.message : String(cause);
}
