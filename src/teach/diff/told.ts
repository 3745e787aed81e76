import type { Language } from "../../model/language.js";
import { byContainer, repeatedIn } from "../repeated.js";
import { words } from "../words.js";
import type { ContainerDiff, StepDiff } from "./compare.js";

/** What a comparison tells of one container. */
export interface ToldContainer {
  /** What it is called; undefined where there is no other. */
  readonly title: string | undefined;
  /** Steps that are different, and are told of here. */
  readonly different: readonly StepDiff[];
  /** Those that are different just as an earlier container's are, by its name. */
  readonly repeated: readonly [container: string, steps: readonly StepDiff[]][];
  readonly same: readonly StepDiff[];
}

/** What there is to tell of each container, once. */
export function tell(containers: readonly ContainerDiff[], language: Language): ToldContainer[] {
  const changed = containers.map(({ before, after, steps }) => ({
    name: after ?? before ?? "",
    items: steps.filter(({ change }) => change !== "same"),
  }));
  const names = containers.flatMap(({ before = [], after = [] }) => [before, after].flat());
  const repeated = repeatedIn(changed, names, contentOf);
  return containers.map((container, index) => {
    const items = changed[index]?.items ?? [];
    return {
      title: containers.length === 1 ? undefined : titleOf(container, language),
      different: items.filter((step) => !repeated.has(step)),
      repeated: byContainer(items, repeated),
      same: container.steps.filter(({ change }) => change === "same"),
    };
  });
}

const contentOf = ({ change, reading: { step, title }, bash, calls }: StepDiff) =>
  JSON.stringify([change, step.kind, step.id, title, bash, calls]);

function titleOf({ before, after }: ContainerDiff, language: Language): string {
  const { added, removed } = words[language].changes;
  if (before === undefined) return `${after ?? ""} (${added})`;
  if (after === undefined) return `${before} (${removed})`;
  return before === after ? after : `${before} → ${after}`;
}
