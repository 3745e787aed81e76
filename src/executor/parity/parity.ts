import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { CooperError } from "../../model/errors.js";
import type { Language } from "../../model/language.js";
import { canonicalJson } from "../../model/spec/canonical.js";
import type { Spec } from "../../model/spec/parse.js";
import { canonicalStackJson, containersOf, isStack, type Stack } from "../../model/spec/stack.js";
import { type Bindings, evaluate, type Value } from "../../model/value.js";
import { plans } from "../../plan/plan.js";
import { volumeDirectory } from "../../steps/volume.js";
import { bind } from "../bindings.js";
import { compareOutcomes, type Verdict } from "./compare.js";
import { makeParentGroups, type ParentGroups } from "./groups.js";
import type { PathOutcome } from "./outcome.js";
import { parityDirectory, type ParityRequest } from "./request.js";

export interface ParityOptions {
  /** What is described, compiled. */
  readonly script: string;
  /** The language it was compiled with. */
  readonly language: Language;
  /** Values of parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** A command to run instead of the spec's. */
  readonly command: readonly [string, ...string[]] | undefined;
  /** How this program is started: what carries a plan out by system calls, and serves as a simulated host. */
  readonly program: readonly [string, ...string[]];
}

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
  const { script, kernel } = requests(described, options);
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

function requests(
  described: Spec | Stack,
  { script, language, parameters, command, program }: ParityOptions,
): Record<ParityRequest["path"], ParityRequest> {
  const specs = containersOf(described).map((spec) => [spec, bind(spec, parameters)] as const);
  const directories = (
    valuesOf: (root: Spec["root"]) => readonly (Value<"path"> | undefined)[],
  ) => {
    const found = specs.flatMap(([{ root }, bindings]) =>
      valuesOf(root).flatMap((value) =>
        value === undefined ? [] : [realPath(evaluate("path", value, bindings))],
      ),
    );
    return [...new Set(found)];
  };
  const common = {
    roots: directories(({ path }) => [path]),
    layers: directories(({ layers = [] }) => layers),
    kept: directories(({ overlay }) => [overlay?.path]),
    sources: [...new Set(specs.flatMap(([spec, bindings]) => sourcesOf(spec, bindings)))],
    containers: specs.map(([{ name, process }, bindings]) => ({
      name: evaluate("name", name, bindings),
      args: command ?? process.args.map((each) => evaluate("text", each, bindings)),
    })),
  };
  const behind = command === undefined ? [] : ["--", ...command];
  const environment = {
    PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin",
    // What is elsewhere can only be read.
    TMPDIR: parityDirectory,
  };
  const assignments = Object.entries(parameters).flatMap(([name, value]) => [
    "--set",
    `${name}=${value}`,
  ]);
  return {
    script: {
      ...common,
      path: "script",
      files: { script },
      command: [`${parityDirectory}/script`, "--quiet", ...behind],
      environment: { ...environment, ...parameters },
    },
    kernel: {
      ...common,
      path: "kernel",
      files: {
        "spec.json": isStack(described) ? canonicalStackJson(described) : canonicalJson(described),
      },
      command: [
        ...program,
        ...[
          "run",
          "--quiet",
          "--lang",
          language,
          ...assignments,
          `${parityDirectory}/spec.json`,
          ...behind,
        ],
      ],
      environment,
    },
  };
}

/** What of this host a container is given to write to, as far as it is there. */
function sourcesOf({ mounts }: Spec, bindings: Bindings): string[] {
  return mounts
    .flatMap((mount) => {
      if (mount.type === "volume") return [existing(volumeDirectory)];
      return mount.type === "bind" ? [evaluate("path", mount.source, bindings)] : [];
    })
    .filter((place) => existsSync(place))
    .map((place) => realpathSync(place))
    .filter((place) => !uncovered.test(place));
}

/** Nothing can be laid over these: they stay as they are in a simulated host, where / is read-only. */
const uncovered = /^\/((proc|sys|dev)(\/.*)?)?$/;

/** A directory, or the closest above it that is there. */
const existing = (directory: string): string =>
  existsSync(directory) ? directory : existing(path.dirname(directory));

/** @throws CooperError `file-missing` */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch (cause) {
    throw CooperError.of("file-missing", { file }, { cause });
  }
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
