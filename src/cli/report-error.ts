import { CooperError, describe } from "../model/errors.js";
import type { Language } from "../model/language.js";
import { CommandError } from "./command-error.js";
import { message } from "./messages/index.js";

/** Tells on standard error what went wrong, and gives the exit status: 1, or 70 (EX_SOFTWARE) for a bug. */
export function reportError(error: unknown, language: Language): number {
  const label = `cooper: ${message(language, "error")}`;
  if (error instanceof CooperError) {
    for (const problem of error.problems)
      console.error(`${label}[${problem.code}]: ${describe(problem, language)}`);
    return 1;
  }
  if (error instanceof CommandError) {
    console.error(`${label}[${error.key}]: ${message(language, error.key, error.values)}`);
    return 1;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`${label}: ${message(language, "internal", { reason })}`);
  return 70;
}
