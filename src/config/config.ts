import type { Problem, Span } from "../model/errors.js";

/** Which side of `key: value` a problem is about. */
export type FieldPart = "key" | "value";

/** A config that was read and not yet validated. */
export interface Config {
  /** The tree `parseContainer` takes: plain data, expressions as instances of the model's classes. */
  readonly input: unknown;
  /** Every file that was read, the config itself first. */
  readonly files: readonly string[];
  /** Where a field was written; undefined when the field is not there. */
  locate(field: readonly PropertyKey[], part?: FieldPart): Span | undefined;
  /**
   * What the compiler's type checker says, one `type-error` each. Always empty for JSON. It takes longer
   * than reading and mostly repeats what validation says better, so ask when validation passed.
   */
  typeProblems(): Problem[];
}
