import { spawn } from "node:child_process";
import { text as readText } from "node:stream/consumers";
import type { Spec } from "../../model/spec/parse.js";
import { containersOf, type Stack } from "../../model/spec/stack.js";
import { plans } from "../../plan/plan.js";
import { compareOutcomes, type Verdict } from "./compare.js";
import { makeParentGroups, type ParentGroups } from "./groups.js";
import type { PathOutcome } from "./outcome.js";
import type { ParityRequest } from "./request.js";
import { type ParityOptions, requestsOf } from "./requests.js";

/**
 * Carries a plan out both ways, each in a simulated host of its own, and compares what came of it. This host
 * is not touched but for control groups, which are removed: none of its files is written to.
 *
 * Needs root.
 * @throws CooperError when a parameter is wrong, or a root file system is not there
 * @throws Error (rejects) when a simulated host could not be made
 */
export async function comparePaths(
  described: Spec | Stack,
  options: ParityOptions,
): Promise<Verdict[]> {
  const { script, kernel } = requestsOf(described, options);
  const [first, second] = (await Promise.all(
    [script, kernel].map((request) => inSimulatedHost(request, options.program)),
  )) as [PathOutcome, PathOutcome];
  const names = script.containers.map(({ name }) => name);
  // A command that ends at once is observed by chance only.
  const observed = [first, second].every(({ states }) => names.every((name) => name in states));
  // Containers that run at the same time take no turns in writing.
  const settled = (text: string) =>
    names.length === 1 ? text : text.split(/^/m).toSorted().join("");
  const comparable = (outcome: PathOutcome): PathOutcome => ({
    ...outcome,
    stdout: settled(outcome.stdout),
    stderr: settled(withoutSpeaker(outcome.stderr)),
    states: observed ? outcome.states : {},
  });
  const planned = plans(containersOf(described));
  return compareOutcomes(
    new Map(planned.map((each, index) => [names[index] ?? "", each])),
    comparable(first),
    comparable(second),
  );
}

/** Whose words they are: the script's or Cooper's. */
const withoutSpeaker = (text: string) => text.replace(/^(script|cooper): /gm, "");

/** Enters control groups, and makes the namespaces; a cgroup namespace begins where its first process is. */
const enter = `
  leaf=$1
  shift
  while [ "$1" != -- ]; do
    echo 0 >"$1" || exit
    shift
  done
  shift
  exec unshare --cgroup -- sh -c '
    [ -z "$1" ] || echo 0 >"$1" || exit
    shift
    exec unshare --pid --fork --kill-child=KILL --mount --net --uts --ipc --mount-proc --propagation private -- "$@"
  ' sh "$leaf" "$@"`;

/** The hidden command of this program that {@link runInside} is behind. */
const insideCommand = "parity-inside";

async function inSimulatedHost(
  request: ParityRequest,
  program: ParityOptions["program"],
): Promise<PathOutcome> {
  const groups: ParentGroups = makeParentGroups(`cooper-parity-${process.pid}-${request.path}`);
  try {
    const child = spawn(
      "sh",
      ["-c", enter, "sh", groups.leaf, ...groups.entrances, "--", ...program, insideCommand],
      { stdio: ["pipe", "pipe", "inherit"], env: { PATH: request.environment["PATH"] ?? "" } },
    );
    child.stdin.on("error", () => undefined).end(JSON.stringify(request));
    const answer = await readText(child.stdout);
    if (answer === "") throw new Error(`the simulated host for the ${request.path} failed`);
    return JSON.parse(answer) as PathOutcome;
  } finally {
    await groups.remove();
  }
}
