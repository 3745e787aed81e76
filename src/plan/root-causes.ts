import type { Step } from "../steps/step.js";

/** The fields of the spec because of which only root can start the container; none when anybody may. */
export function rootCauses(steps: readonly Step[]): string[] {
  const causes = steps.filter(({ needsRoot }) => needsRoot).map(({ cause }) => cause);
  return [...new Set(causes.map((cause) => cause.split(".")[0] ?? ""))];
}
