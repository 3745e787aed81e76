import type { ExitStatus } from "../kernel/launch/launched-process.js";
import type { Language } from "../model/language.js";
import { explainLeftBehind } from "./explain-failure.js";

/**
 * A container has ended, and something that was made for it could not be taken down: see `errors`. The next container
 * that shares it takes it down, or `clean`.
 *
 * @example
 * import { LeftBehindError, run } from "cooper";
 *
 * const box = await run({ name: "box", privileged: true, process: { args: ["true"] } });
 * try {
 *   console.log(await box.wait()); // { code: 0 }
 * } catch (error) {
 *   if (!(error instanceof LeftBehindError)) throw error;
 *   for (const each of error.explainLeftBehind("en")) console.error(each);
 * }
 */
export class LeftBehindError extends AggregateError {
  override readonly name = "LeftBehindError";
  declare readonly errors: Error[];

  constructor(
    container: string,
    errors: readonly Error[],
    /** How its command has ended. */
    readonly status: ExitStatus,
  ) {
    super(errors, `${container} left something behind`);
  }

  /** What could not be taken down and why, in a language. */
  explainLeftBehind(language: Language): string[] {
    return explainLeftBehind(this.errors, language);
  }
}
