import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { LaunchError } from "../kernel/launch/launch-error.js";
import type { LaunchedProcess } from "../kernel/launch/launched-process.js";
import { launch } from "../kernel/launch/launch.js";
import type { Program } from "../kernel/program/program.js";
import type { Language } from "../model/language.js";
import { type ContainerInput, type Spec, toSpec } from "../model/spec/parse.js";
import { evaluate } from "../model/value.js";
import { type Plan, plan } from "../plan/plan.js";
import { cgroupDirectories } from "../steps/cgroup.js";
import { writeLine } from "../steps/records.js";
import { runDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { bind } from "./bindings.js";
import { RunningContainer } from "./container.js";
import { HostState } from "./host-state.js";
import { Log } from "./log.js";
import { cloneFlagsOf, lower, type Lowered } from "./lower.js";
import { preflight } from "./preflight.js";
import { StepError } from "./step-error.js";
import { openStreams, type Stdio } from "./streams.js";

/** How a container is run. */
export interface RunOptions {
  /** Values of parameters, by name; those left out have their defaults. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** A command to run instead of the spec's. */
  readonly command?: readonly [string, ...string[]] | undefined;
  /** The command's standard streams; default `inherit`. */
  readonly stdio?: Stdio;
  /** Ends the container when it is aborted, or what there is of it so far. */
  readonly signal?: AbortSignal;
  /** Language of the banner and of `onLog`; default `en`. */
  readonly language?: Language;
  /** Called before each step. */
  readonly onStep?: (step: Step) => void;
  /** Called with every line that a generated script would log: what happens, in words. */
  readonly onLog?: (line: string) => void;
}

/**
 * Builds a container by system calls and starts its command. Needs root. When this process ends, however it
 * does, the kernel kills the container.
 *
 * @returns the container, as soon as its command runs
 * @throws CooperError (rejects) when the spec or a parameter is wrong
 * @throws StepError (rejects) when a step failed; everything done before is undone
 * @throws the reason of `signal` (rejects) when that is aborted before; everything done before is undone
 *
 * @example
 * import { run } from "cooper";
 *
 * const box = await run({ name: "box", privileged: true }, { command: ["sh", "-c", "exit 3"] });
 * console.log(await box.wait()); // { code: 3 }
 */
export async function run(
  container: ContainerInput | Spec,
  options: RunOptions = {},
): Promise<RunningContainer> {
  const { signal, onStep } = options;
  signal?.throwIfAborted();
  const spec = toSpec(container);
  const bindings = bind(spec, options.parameters ?? {});
  const planned = plan(spec);
  const name = evaluate("name", spec.name, bindings);
  const directory = `${runDirectory}/containers/${name}`;
  const running = await build(planned, { name, directory, bindings, options, onStep });
  if (signal !== undefined) endOnAbort(running, signal);
  return running;
}

interface BuildOptions {
  readonly name: string;
  readonly directory: string;
  readonly bindings: ReadonlyMap<string, string | number>;
  readonly options: RunOptions;
  readonly onStep: RunOptions["onStep"];
}

/** A step that goes on while later ones begin. */
interface Pending {
  readonly id: string;
  readonly done: Promise<void>;
}

async function build(planned: Plan, given: BuildOptions): Promise<RunningContainer> {
  const { name, directory, bindings, options, onStep } = given;
  const { language = "en", signal } = options;
  const log = new Log(options.onLog, language, bindings);
  const command = options.command ?? commandOf(planned.spec, bindings);
  let current = "preflight";
  let host: HostState | undefined;
  let lowered: Lowered | undefined;
  let launched: LaunchedProcess | undefined;
  const pending: Pending[] = [];
  const streams = openStreams(options.stdio ?? "inherit");
  try {
    host = new HostState({ name, directory, ...preflight(planned, bindings, directory) });
    for (const step of planned.steps) step.preflight?.(bindings, host);
    log.opening(planned.spec, host);
    for (const step of planned.steps) {
      if (step.kind === "start") {
        for (const { id, done } of pending) {
          current = id;
          await done;
        }
        host.unlock();
      }
      signal?.throwIfAborted();
      log.step(step);
      if (step.perform === undefined) continue;
      current = step.id;
      onStep?.(step);
      const done = step.perform(bindings, host);
      if (step.concurrent && done !== undefined) pending.push({ id: step.id, done: settled(done) });
      else await done;
      log.findings(host);
    }
    current = "start";
    lowered = lower(planned, {
      host,
      bindings,
      language,
      command,
      streams: streams.program,
    });
    launched = start(lowered.program, planned.spec, host, streams.values);
    writeLine(`${directory}/pid`, String(launched.pid));
    host.closeDescriptors();
    streams.closeContainerEnds();
    return new RunningContainer(host, launched, streams);
  } catch (last) {
    streams.closeContainerEnds();
    for (const each of [streams.stdin, streams.stdout, streams.stderr]) each?.destroy();
    const earlier = await firstFailure(pending);
    const cause = earlier?.cause ?? last;
    launched?.kill(constants.signals.SIGKILL);
    await launched?.wait();
    const leftBehind = (await host?.takeDown()) ?? [];
    if (signal?.aborted && cause === signal.reason && leftBehind.length === 0) throw cause;
    const failed = cause instanceof LaunchError ? lowered?.stepOf(cause.index) : earlier?.id;
    const step = failed ?? current;
    const cwd = evaluate("path", planned.spec.process.cwd, bindings);
    throw new StepError(step, cause, { leftBehind, command: command[0], cwd });
  }
}

/** When all steps under way are done: the first that failed, which stands before the one where that was noticed. */
async function firstFailure(pending: readonly Pending[]) {
  const outcomes = await Promise.allSettled(pending.map(({ done }) => done));
  const failures = outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected"
      ? [{ id: pending[index]?.id, cause: outcome.reason as unknown }]
      : [],
  );
  return failures[0];
}

/** The same promise; that it fails before anybody waits for it is no unhandled rejection. */
function settled(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}

function commandOf(
  { process: { args } }: Spec,
  bindings: BuildOptions["bindings"],
): readonly [string, ...string[]] {
  return args.map((each) => evaluate("text", each, bindings)) as [string, ...string[]];
}

function start(
  program: Program,
  spec: Spec,
  host: HostState,
  streamValues: Readonly<Record<string, number>>,
) {
  const { networkNamespace, rootMount, cgroupVersion } = host;
  const [group] = cgroupVersion === 2 ? cgroupDirectories(2, `container-${host.name}`, []) : [];
  const cgroup = group === undefined ? undefined : openSync(group, "r");
  try {
    return launch(program, {
      flags: cloneFlagsOf(spec.namespaces),
      mode: "vfork",
      ...(cgroup === undefined ? {} : { cgroup }),
      values: {
        ...streamValues,
        ...(networkNamespace === undefined ? {} : { networkNamespace }),
        ...(rootMount === undefined ? {} : { rootMount }),
      },
    });
  } finally {
    if (cgroup !== undefined) closeSync(cgroup);
  }
}

function endOnAbort(container: RunningContainer, signal: AbortSignal): void {
  const end = () => {
    container.kill("SIGKILL");
  };
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  const forget = () => {
    signal.removeEventListener("abort", end);
  };
  container.wait().then(forget, forget);
}
