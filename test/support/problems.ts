import { CooperError, formatField, type Problem } from "../../src/model/errors.js";
import { parseContainer } from "../../src/model/spec/parse.js";

/** The problems of what must fail. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof CooperError) return error.problems;
    throw error;
  }
  throw new Error("expected a CooperError, and nothing was thrown");
}

/** `code` and `field.path` of a problem, in one line that a test can compare. */
export const brief = ({ code, field }: Problem): string =>
  `${code} ${formatField(field ?? [])}`.trimEnd();

/** The problems of a privileged container with these fields. */
export function problemsWith(fields: object): string[] {
  return problemsOf(() => parseContainer({ privileged: true, ...fields })).map(brief);
}
