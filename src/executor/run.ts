import type { Language } from "../model/language.js";
import { type ContainerInput, type Spec, toSpec } from "../model/spec/parse.js";
import { type Bindings, evaluate } from "../model/value.js";
import { plan } from "../plan/plan.js";
import { runDirectory, userRunDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { bind } from "./bindings.js";
import { Build } from "./build.js";
import { RunningContainer } from "./container.js";
import { Log, type Warning } from "./log.js";
import { openStreams, type Stdio, stdioOf } from "./streams.js";

/** How a container is run. */
export interface RunOptions {
  /** Values of parameters, by name; those left out have their defaults. */
  readonly params?: Readonly<Record<string, string | number>>;
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
  /** Called with what goes wrong and does not stop anything, such as a poststop hook that fails. */
  readonly onWarning?: (warning: Warning) => void;
}

/**
 * Builds a container by system calls and starts its command. Needs root, unless the container has a user namespace
 * of its own and neither bridge nor limits. When this process ends, however it does, the kernel kills the container.
 *
 * @returns the container, as soon as its command runs
 * @throws CooperError (rejects) when the spec or a parameter is wrong
 * @throws ContainerError (rejects) `stdio-unknown`
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
  const { signal } = options;
  signal?.throwIfAborted();
  const spec = toSpec(container);
  const parent = runDirectory();
  const bindings = new Map<string, string | number>([
    ...bind(spec, options.params ?? {}),
    [userRunDirectory.name, parent],
  ]);
  const planned = plan(spec);
  const name = evaluate("name", spec.name, bindings);
  const directory = `${parent}/containers/${name}`;
  const streams = openStreams(stdioOf(options.stdio));
  const building = new Build(planned, {
    name,
    runDirectory: parent,
    directory,
    bindings,
    command: options.command ?? commandOf(spec, bindings),
    streams,
    log: new Log(options.onLog, options.language ?? "en", bindings, options.onWarning),
    options,
  });
  try {
    const { host, launched } = await building.start();
    streams.closeContainerEnds();
    const running = new RunningContainer(host, launched, streams, () => building.undo());
    if (signal !== undefined) endOnAbort(running, signal);
    return running;
  } catch (failure) {
    streams.closeContainerEnds();
    for (const each of [streams.stdin, streams.stdout, streams.stderr]) each?.destroy();
    throw await building.fail(failure);
  }
}

function commandOf(
  { process: { args } }: Spec,
  bindings: Bindings,
): readonly [string, ...string[]] {
  return args.map((each) => evaluate("text", each, bindings)) as [string, ...string[]];
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
