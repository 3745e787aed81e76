import type { Language } from "../../model/language.js";
import { byContainer, repeatedIn, type Telling } from "../repeated.js";
import { words } from "../words.js";
import type { ContainerDiff, StepDiff } from "./compare.js";
import type { Line } from "./lines.js";

/** What a comparison tells of one container. */
export interface ToldContainer {
  /** What it is called; undefined where there is no other. */
  readonly title: string | undefined;
  /** Steps that are different, and are told of here. */
  readonly different: readonly StepDiff[];
  /** Those that are different and told of an earlier container, by its name. */
  readonly repeated: readonly [container: string, steps: readonly StepDiff[]][];
  readonly same: readonly StepDiff[];
}

/** What there is to tell of each container, once; nothing where no step is different. */
export function tell(containers: readonly ContainerDiff[], language: Language): ToldContainer[] {
  const names = containers.flatMap(({ before = [], after = [] }) => [before, after].flat());
  const repeated = repeatedIn(containers.flatMap(tellings), names);
  const told = containers.map((container) => {
    const changed = container.steps.filter(isDifferent);
    return {
      title: containers.length === 1 ? undefined : titleOf(container, language),
      different: changed.filter((step) => !repeated.has(step)),
      repeated: byContainer(changed, repeated),
      same: container.steps.filter((step) => !isDifferent(step)),
    };
  });
  return containers.some(({ steps }) => steps.some(isDifferent)) ? told : [];
}

const isDifferent = ({ change }: StepDiff) => change !== "same";

/** Of a container that only one side has its steps are told, else how they have changed. */
function tellings({ before, after, steps }: ContainerDiff): Telling<StepDiff>[] {
  return steps.map((item): Telling<StepDiff> => {
    const [was, is] = [sideOf(item, "removed"), sideOf(item, "added")];
    if (before === undefined) return { item, container: after ?? "", text: is };
    if (after === undefined) return { item, container: before, text: was };
    const { change, reading, bash, calls } = item;
    const text = JSON.stringify([change, reading.step.kind, reading.step.id, bash, calls]);
    const known = [[was, before] as const, [is, after] as const];
    return { item, container: after, text, known };
  });
}

/** A step as it is on the side whose own lines are of this kind. */
function sideOf({ reading: { step }, bash, calls }: StepDiff, own: Line["kind"]): string {
  const linesOf = (lines: readonly Line[]) =>
    lines.filter(({ kind }) => kind === "same" || kind === own).map(({ text }) => text);
  return JSON.stringify([
    ...[own, step.kind, step.id, linesOf(bash)],
    calls.map(({ cgroupVersion, lines }) => [cgroupVersion, linesOf(lines)]),
  ]);
}

function titleOf({ before, after }: ContainerDiff, language: Language): string {
  const { added, removed } = words[language].changes;
  if (before === undefined) return `${after ?? ""} (${added})`;
  if (after === undefined) return `${before} (${removed})`;
  return before === after ? after : `${before} → ${after}`;
}
