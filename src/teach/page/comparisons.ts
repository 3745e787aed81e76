import { compareLines, type Line } from "../diff/lines.js";
import { type Change, compareReadable } from "../diff/compare.js";
import type { PageContainer, PageStep } from "./container.js";
import { keyOf, type Row } from "./rows.js";

/**
 * What the page's script needs to show the difference of two containers: it has the lines already, so runs of them
 * are enough. `3= 2+ 1-` keeps three, takes two of the second and leaves one of the first out.
 */
export interface Comparison {
  readonly config: string;
  /** Steps that are different: the step's key, how it is, and the runs of its bash and system calls where needed. */
  readonly steps: readonly (readonly [
    key: string,
    change: Change,
    bash: string,
    ...calls: (readonly [version: number, runs: string])[],
  ])[];
}

/** Every two containers of a page, the earlier one first; keys such as `0 3`. */
export function comparisons(
  containers: readonly PageContainer[],
): Readonly<Record<string, Comparison>> {
  const found: Record<string, Comparison> = {};
  containers.forEach((after, index) =>
    containers.slice(0, index).forEach((before, earlier) => {
      found[`${String(earlier)} ${String(index)}`] = comparison(before, after);
    }),
  );
  return found;
}

const textOf = (rows: readonly Row[]): string[] => rows.map(keyOf);

function comparison(before: PageContainer, after: PageContainer): Comparison {
  const configOf = ({ config }: PageContainer) => textOf(config.map(({ row }) => row));
  const steps = compareReadable(comparable(before.steps), comparable(after.steps));
  return {
    config: runs(compareLines(configOf(before), configOf(after))),
    steps: steps
      .filter(({ change }) => change !== "same")
      .map(({ change, reading, bash, calls }) => [
        reading.key,
        change,
        runs(bash),
        ...calls.map(({ cgroupVersion, lines }) => [cgroupVersion ?? 0, runs(lines)] as const),
      ]),
  };
}

const comparable = (steps: readonly PageStep[]) =>
  steps.map(({ key, bash, calls }) => ({
    key,
    bash: textOf(bash),
    calls: calls.map(({ cgroupVersion, rows }) => ({
      cgroupVersion: cgroupVersion === 0 ? undefined : cgroupVersion,
      lines: textOf(rows),
    })),
  }));

const signs = { same: "=", added: "+", removed: "-" } as const;

/** Lines as runs of the same kind. */
function runs(lines: readonly Line[]): string {
  const found: { kind: Line["kind"]; count: number }[] = [];
  for (const { kind } of lines) {
    const last = found.at(-1);
    if (last?.kind === kind) last.count += 1;
    else found.push({ kind, count: 1 });
  }
  return found.map(({ kind, count }) => `${String(count)}${signs[kind]}`).join(" ");
}
