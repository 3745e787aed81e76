import { diffArrays } from "diff";
import type { Calls, Reading, StepReading } from "../reading.js";
import { compareFields, type FieldChange } from "./fields.js";
import { compareLines, differs, type Line } from "./lines.js";

/** How a step of one plan relates to the other plan. */
export type Change = "added" | "removed" | "moved" | "changed" | "same";

/** The system calls of a step on both sides. */
export interface CallsDiff {
  readonly cgroupVersion: 1 | 2 | undefined;
  readonly lines: readonly Line[];
}

/** What steps are compared by. */
export interface Comparable {
  /** Steps of two plans are the same when this is. */
  readonly key: string;
  readonly bash: readonly string[];
  readonly calls: readonly Calls[];
}

export interface StepDiff<Reading = StepReading> {
  readonly change: Change;
  /** The step as it is now, or as it was when it is gone. */
  readonly reading: Reading;
  readonly bash: readonly Line[];
  readonly calls: readonly CallsDiff[];
}

/** What is different between two containers. */
export interface ContainerDiff {
  readonly fields: readonly FieldChange[];
  readonly config: readonly Line[];
  /** All steps of both, in the order of the second; those that are gone stand where they were. */
  readonly steps: readonly StepDiff[];
}

/** Compares two containers: their configs, their steps, and the bash and system calls of each step. */
export function compare(before: Reading, after: Reading): ContainerDiff {
  return {
    fields: compareFields(before.plan.spec, after.plan.spec),
    config: compareLines(before.config, after.config),
    steps: compareReadable(before.steps.map(keyed), after.steps.map(keyed)),
  };
}

/** Steps are the same by their kind and id. */
const keyed = (reading: StepReading) => ({
  ...reading,
  key: `${reading.step.kind} ${reading.step.id}`,
});

/** Compares the steps of two plans; where the order changed, those that crossed others have moved. */
export function compareReadable<Step extends Comparable>(
  before: readonly Step[],
  after: readonly Step[],
): StepDiff<Step>[] {
  const old = new Map(before.map((each) => [each.key, each]));
  const now = new Map(after.map((each) => [each.key, each]));
  return diffArrays([...old.keys()], [...now.keys()]).flatMap(({ added, removed, value }) =>
    value.flatMap((key): StepDiff<Step>[] => {
      const [was, is] = [old.get(key), now.get(key)];
      if (is === undefined) return was === undefined ? [] : [stepDiff("removed", was, undefined)];
      if (was === undefined) return [stepDiff("added", undefined, is)];
      // A step that has moved is shown where it is now.
      if (removed) return [];
      const found = stepDiff("same", was, is);
      return [{ ...found, change: added ? "moved" : hasChanged(found) ? "changed" : "same" }];
    }),
  );
}

const hasChanged = ({ bash, calls }: Pick<StepDiff, "bash" | "calls">) =>
  differs(bash) || calls.some(({ lines }) => differs(lines));

function stepDiff<Step extends Comparable>(
  change: Change,
  before: Step | undefined,
  after: Step | undefined,
): StepDiff<Step> {
  const reading = after ?? before;
  if (reading === undefined) throw new TypeError("a step is on one side at least");
  return {
    change,
    reading,
    bash: compareLines(before?.bash ?? [], after?.bash ?? []),
    calls: compareCalls(before?.calls ?? [], after?.calls ?? []),
  };
}

function compareCalls(before: readonly Calls[], after: readonly Calls[]): CallsDiff[] {
  const versions = [...new Set([...before, ...after].map(({ cgroupVersion }) => cgroupVersion))];
  // Where one side makes no difference between the versions, its calls stand for both.
  const chosen =
    versions.length > 1 ? versions.filter((version) => version !== undefined) : versions;
  const linesOf = (calls: readonly Calls[], version: 1 | 2 | undefined) =>
    calls.find(({ cgroupVersion }) => cgroupVersion === version || cgroupVersion === undefined)
      ?.lines ?? [];
  return chosen.map((cgroupVersion) => ({
    cgroupVersion,
    lines: compareLines(linesOf(before, cgroupVersion), linesOf(after, cgroupVersion)),
  }));
}
