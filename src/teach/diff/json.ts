import type { Diff, StepDiff } from "./compare.js";
import { differs } from "./lines.js";

/** A comparison as plain JSON data: what `cooper diff --format json` prints. */
export function diffJson(
  { fields, config, containers }: Diff,
  names: readonly [string, string],
): object {
  return {
    before: names[0],
    after: names[1],
    fields: fields.map(({ field, before = null, after = null }) => ({ field, before, after })),
    config,
    containers: containers.map((each) => ({
      before: each.before ?? null,
      after: each.after ?? null,
      steps: each.steps.map(stepJson),
    })),
  };
}

function stepJson({ change, reading, bash, calls }: StepDiff): object {
  const { step, title, what, without } = reading;
  const identity = { id: step.id, kind: step.kind, change, phase: step.phase, cause: step.cause };
  if (change === "same") return identity;
  return {
    ...identity,
    title,
    explanation: { what, without },
    manual: step.manual,
    ...(differs(bash) ? { bash } : {}),
    systemCalls: calls
      .filter(({ lines }) => differs(lines))
      .map(({ cgroupVersion = null, lines }) => ({ cgroupVersion, lines })),
  };
}
