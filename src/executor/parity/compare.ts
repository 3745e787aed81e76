import { isDeepStrictEqual } from "node:util";
import type { Language } from "../../model/language.js";
import type { Plan } from "../../plan/plan.js";
import { aspects } from "./aspects.js";
import type { PathOutcome } from "./outcome.js";

/** How the two ways of carrying out a plan compare in one aspect. */
export interface Verdict {
  readonly aspect: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly same: boolean;
  readonly script: unknown;
  readonly kernel: unknown;
  /** The steps of this plan that bring the aspect about, by id. */
  readonly steps: readonly string[];
}

/** Compares what the script did with what the system calls did, aspect by aspect. Pure. */
export function compareOutcomes(
  { steps }: Plan,
  script: PathOutcome,
  kernel: PathOutcome,
): Verdict[] {
  return aspects.map(({ name, zh, of, kinds }) => ({
    aspect: name,
    title: { en: name, zh },
    same: isDeepStrictEqual(of(script), of(kernel)),
    script: of(script),
    kernel: of(kernel),
    steps: steps.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id),
  }));
}
