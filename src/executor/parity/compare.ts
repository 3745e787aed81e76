import { isDeepStrictEqual } from "node:util";
import { type Language, languages } from "../../model/language.js";
import type { Plan } from "../../plan/plan.js";
import type { Step } from "../../steps/step.js";
import { type Aspect, containerAspects, endAspects, leftAspects } from "./aspects.js";
import type { PathOutcome } from "./outcome.js";

/** How the two ways of carrying out a plan compare in one aspect. */
export interface Verdict {
  readonly aspect: string;
  /** The container of a stack that it is about; undefined when it is about all, or the only one. */
  readonly container?: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly same: boolean;
  readonly script: unknown;
  readonly kernel: unknown;
  /** The steps of this plan that bring the aspect about, by id. */
  readonly steps: readonly string[];
}

/**
 * Compares what the script did with what the system calls did, aspect by aspect. Pure.
 *
 * @param planned the plan of each container, by its name
 */
export function compareOutcomes(
  planned: ReadonlyMap<string, Plan>,
  script: PathOutcome,
  kernel: PathOutcome,
): Verdict[] {
  const all = [...planned.values()].flatMap(({ steps }) => steps);
  const ofOutcomes = (aspect: Aspect<PathOutcome>) => verdict(aspect, script, kernel, all);
  return [
    ...endAspects.map(ofOutcomes),
    ...[...planned].flatMap(([name, { steps }]) =>
      containerAspects.map((aspect) => {
        const found = verdict(aspect, script.states[name], kernel.states[name], steps);
        return planned.size === 1 ? found : of(name, found);
      }),
    ),
    ...leftAspects.map(ofOutcomes),
  ];
}

function verdict<Observed>(
  { name, zh, of, kinds }: Aspect<Observed>,
  script: Observed | undefined,
  kernel: Observed | undefined,
  steps: readonly Step[],
): Verdict {
  const sides = [script, kernel].map((observed) => observed && of(observed));
  const ids = steps.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  return {
    aspect: name,
    title: { en: name, zh },
    same: isDeepStrictEqual(sides[0], sides[1]),
    script: sides[0],
    kernel: sides[1],
    steps: [...new Set(ids)],
  };
}

const of = (container: string, found: Verdict): Verdict => ({
  ...found,
  container,
  title: Object.fromEntries(
    languages.map((language) => [language, `${container}: ${found.title[language]}`]),
  ) as Record<Language, string>,
});
