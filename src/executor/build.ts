import { closeSync, openSync } from "node:fs";
import { SIGKILL } from "../kernel/constants/process.js";
import { LaunchError } from "../kernel/launch/launch-error.js";
import type { LaunchedProcess } from "../kernel/launch/launched-process.js";
import { launch } from "../kernel/launch/launch.js";
import type { Program } from "../kernel/program/program.js";
import { evaluate } from "../model/value.js";
import type { Plan } from "../plan/plan.js";
import { cgroupDirectories } from "../steps/cgroup.js";
import { writeLine } from "../steps/records.js";
import type { Phase, Step } from "../steps/step.js";
import { HostState } from "./host-state.js";
import type { Log } from "./log.js";
import { cloneFlagsOf, launchModeOf, lower, type Lowered } from "./lower.js";
import { preflight } from "./preflight.js";
import type { RunOptions } from "./run.js";
import { StepError } from "./step-error.js";
import type { Streams } from "./streams.js";

export interface BuildOptions {
  readonly name: string;
  /** Where containers are recorded, and the container's own directory there. */
  readonly runDirectory: string;
  readonly directory: string;
  readonly bindings: ReadonlyMap<string, string | number>;
  readonly command: readonly [string, ...string[]];
  readonly streams: Streams;
  readonly log: Log;
  readonly options: RunOptions;
}

/** A step that goes on while later ones begin. */
interface Pending {
  readonly id: string;
  readonly done: Promise<void>;
}

/** Carries out the steps of one plan, in their order, and knows which one is under way. */
export class Build {
  #current = "preflight";
  #host: HostState | undefined;
  #lowered: Lowered | undefined;
  #launched: LaunchedProcess | undefined;
  /** Whether the container was to be started, however far it has come. */
  #begun = false;
  readonly #pending: Pending[] = [];

  constructor(
    private readonly planned: Plan,
    private readonly given: BuildOptions,
  ) {}

  /**
   * Starts the container.
   * @throws whatever a step fails with (rejects); see {@link fail}
   */
  async start(): Promise<{ readonly host: HostState; readonly launched: LaunchedProcess }> {
    const { name, runDirectory, directory, bindings, log, streams } = this.given;
    const { spec, steps } = this.planned;
    const host = new HostState({
      name,
      runDirectory,
      directory,
      ...preflight(this.planned, bindings, directory),
      inheritsInput: streams.program === undefined,
      warn: (problem) => {
        log.warn(this.#current, problem);
      },
    });
    this.#host = host;
    for (const step of steps) step.preflight?.(bindings, host);
    log.opening(spec, host);
    const beginning = steps.findIndex(({ kind }) => kind === "start");
    const end = steps.findIndex(({ phase }) => phase === "running" || phase === "stopped");
    for (const step of steps.slice(0, beginning)) {
      const done = this.#carryOut(step, host);
      if (done !== undefined) await done;
    }
    for (const { id, done } of this.#pending) {
      this.#current = id;
      await done;
    }
    this.#begun = true;
    const mode = launchModeOf(this.planned);
    const others = steps.slice(beginning, end === -1 ? undefined : end);
    const launched = await (mode === "vfork"
      ? this.#startAtOnce(others, host)
      : this.#startWaiting(others, host));
    host.closeDescriptors();
    // The program has been carried out, and a container may live for long.
    this.#lowered = undefined;
    for (const step of this.#stepsOf("running")) await this.#carryOut(step, host);
    return { host, launched };
  }

  #stepsOf(phase: Phase): readonly Step[] {
    return this.planned.steps.filter((step) => step.phase === phase);
  }

  /** The command runs when this returns. */
  async #startAtOnce(steps: readonly Step[], host: HostState): Promise<LaunchedProcess> {
    host.unlock();
    for (const step of steps) {
      const done = this.#carryOut(step, host);
      if (done !== undefined) await done;
    }
    return this.#launch(host);
  }

  /** The process is there and waits while the host carries out the steps that stand behind its start. */
  async #startWaiting(steps: readonly Step[], host: HostState): Promise<LaunchedProcess> {
    // What is prepared for the container has to be there when its process starts.
    for (const step of steps) if (step.where === "container") await this.#perform(step, host);
    const launched = this.#launch(host);
    await launched.arrived();
    const release = () => {
      host.unlock();
      return launched.release();
    };
    // Whether the container waits for nothing any more but to be told to go on.
    let served = false;
    for (const step of steps) {
      const isAttended = step.attend !== undefined;
      if (served && (isAttended || step.where === "host")) {
        await release();
        served = false;
      }
      if (step.where === "host") await this.#carryOut(step, host);
      else await this.#attend(step, host);
      if (isAttended || step.kind === "wait") served = true;
    }
    await release();
    return launched;
  }

  /** A step that the container carries out by itself, or waits in for what the launcher does. */
  async #attend(step: Step, host: HostState): Promise<void> {
    this.given.log.step(step);
    if (step.attend === undefined) return;
    this.given.options.signal?.throwIfAborted();
    this.#current = step.id;
    this.given.options.onStep?.(step);
    await step.attend(this.given.bindings, host);
  }

  /** Gives a promise only where there is something to wait for. */
  #carryOut(step: Step, host: HostState): Promise<void> | undefined {
    this.given.options.signal?.throwIfAborted();
    this.given.log.step(step);
    return this.#perform(step, host);
  }

  #perform(step: Step, host: HostState): Promise<void> | undefined {
    const { bindings, log, options } = this.given;
    if (step.perform === undefined) return undefined;
    this.#current = step.id;
    options.onStep?.(step);
    const done = step.perform(bindings, host);
    if (done !== undefined && !step.concurrent)
      return done.then(() => {
        log.findings(host);
      });
    if (done !== undefined) this.#pending.push({ id: step.id, done: settled(done) });
    log.findings(host);
    return undefined;
  }

  #launch(host: HostState): LaunchedProcess {
    const { bindings, command, streams, options, directory } = this.given;
    this.#current = "start";
    const lowered = lower(this.planned, {
      host,
      bindings,
      language: options.language ?? "en",
      command,
      streams: streams.program,
    });
    this.#lowered = lowered;
    const launched = launchProgram(lowered.program, this.planned, host, streams.values);
    this.#launched = launched;
    host.process = launched.pid;
    writeLine(`${directory}/pid`, String(launched.pid));
    return launched;
  }

  /**
   * Undoes everything that was done, and does then what is to be done when a container is gone.
   * @returns what could not be undone
   */
  async undo(): Promise<Error[]> {
    const host = this.#host;
    if (host === undefined) return [];
    const errors = await host.takeDown();
    if (this.#begun)
      for (const step of this.#stepsOf("stopped")) {
        this.given.log.step(step);
        await this.#perform(step, host);
      }
    return errors;
  }

  /**
   * Undoes everything that was done.
   * @param last what a step failed with
   * @returns what to tell the caller: the reason it gave for stopping, or which step failed
   */
  async fail(last: unknown): Promise<unknown> {
    const {
      bindings,
      command: [file],
      options: { signal },
    } = this.given;
    const earlier = await firstFailure(this.#pending);
    const cause = earlier?.cause ?? last;
    this.#launched?.kill(SIGKILL);
    // Of a process that failed by itself the reason is known already.
    await this.#launched?.wait().catch(() => undefined);
    const launched = cause instanceof LaunchError ? this.#lowered?.stepOf(cause.index) : undefined;
    const failed = launched ?? earlier?.id ?? this.#current;
    const leftBehind = await this.undo();
    if (signal?.aborted && cause === signal.reason && leftBehind.length === 0) return cause;
    const cwd = evaluate("path", this.planned.spec.process.cwd, bindings);
    return new StepError(failed, cause, { leftBehind, command: file, cwd });
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

function launchProgram(
  program: Program,
  planned: Plan,
  host: HostState,
  streamValues: Readonly<Record<string, number>>,
): LaunchedProcess {
  const { networkNamespace, rootMount, cgroupVersion } = host;
  const [group] = cgroupVersion === 2 ? cgroupDirectories(2, `container-${host.name}`, []) : [];
  const cgroup = group === undefined ? undefined : openSync(group, "r");
  try {
    return launch(program, {
      flags: cloneFlagsOf(planned.spec.namespaces),
      mode: launchModeOf(planned),
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
