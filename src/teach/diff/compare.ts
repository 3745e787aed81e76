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

/** What is different between two containers, or what one consists of that only one side has. */
export interface ContainerDiff {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** All steps of both, in the order of the second; those that are gone stand where they were. */
  readonly steps: readonly StepDiff[];
}

/** What is different between two configs. */
export interface Diff {
  readonly fields: readonly FieldChange[];
  readonly config: readonly Line[];
  /** The containers in the order of the second side, then those that are gone. */
  readonly containers: readonly ContainerDiff[];
}

/** Compares two configs, their containers, the steps of these, and the bash and system calls of each step. */
export function compare(before: Reading, after: Reading): Diff {
  return {
    fields: compareFields(before.described, after.described),
    config: compareLines(before.config, after.config),
    containers: pairs(before.containers, after.containers).map(([was, is]) => ({
      before: was?.name,
      after: is?.name,
      steps: compareReadable((was?.steps ?? []).map(keyed), (is?.steps ?? []).map(keyed)),
    })),
  };
}

type Pair<Item> = readonly [before: Item | undefined, after: Item | undefined];

/** Which containers are compared: those of one name, and the others in the order in which they stand. */
function pairs<Item extends { readonly name: string }>(
  before: readonly Item[],
  after: readonly Item[],
): Pair<Item>[] {
  const among = (side: readonly Item[], name: string) => side.find((each) => each.name === name);
  const left = before.filter(({ name }) => among(after, name) === undefined);
  return [
    ...after.map((is): Pair<Item> => [among(before, is.name) ?? left.shift(), is]),
    ...left.map((was): Pair<Item> => [was, undefined]),
  ];
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
