import type { ExitStatus } from "../kernel/launch/launched-process.js";
import { parseStack, type Stack, type StackInput } from "../model/spec/stack.js";
import { evaluate } from "../model/value.js";
import { bind } from "./bindings.js";
import type { RunningContainer } from "./container.js";
import { run, type RunOptions } from "./run.js";
import { LeftBehindError } from "./left-behind-error.js";
import { StepError } from "./step-error.js";

/** How a stack is run: as one container is, but each runs the command of its config. */
export type StackRunOptions = Omit<RunOptions, "command" | "onLog"> & {
  /** Called with every line that a generated script would log, and the container it is about. */
  readonly onLog?: (line: string, container: string) => void;
};

/** How a container of a stack ended, also where it left something behind, or why it never ran. */
export type MemberOutcome = ExitStatus | LeftBehindError | StepError;

/**
 * The containers of a stack that this process has started; see {@link runStack}.
 *
 * @example
 * import { runStack } from "cooper";
 *
 * const containers = ["a", "b"].map((name) => ({ name, process: { args: ["sleep", "60"] } }));
 * await using stack = await runStack({ containers });
 * console.log(stack.containers.map(({ name }) => name)); // [ 'a', 'b' ]
 */
export class RunningStack implements AsyncDisposable {
  constructor(
    /** Those that run, in the order in which they started. */
    readonly containers: readonly RunningContainer[],
    /** Why others do not, by name. */
    readonly failures: ReadonlyMap<string, StepError>,
    readonly names: readonly string[],
  ) {}

  /**
   * Waits until all have ended and everything made for them is gone.
   *
   * @returns how each ended, by name, in the order of the stack
   */
  async wait(): Promise<ReadonlyMap<string, MemberOutcome>> {
    const ended = await Promise.all(
      this.containers.map(async (each) => [each.name, await outcomeOf(each)] as const),
    );
    const outcomes = new Map<string, MemberOutcome>([...ended, ...this.failures]);
    return new Map(
      this.names.flatMap((name) => {
        const outcome = outcomes.get(name);
        return outcome === undefined ? [] : [[name, outcome] as const];
      }),
    );
  }

  /** Sends a signal to every container that runs. */
  kill(signal?: NodeJS.Signals | number): void {
    for (const each of this.containers) each.kill(signal);
  }

  /**
   * Ends all containers and waits until they are gone.
   *
   * @throws AggregateError (rejects) of LeftBehindErrors, when something could not be taken down
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    const outcomes = [...(await this.wait()).values()];
    const left = outcomes.filter((each) => each instanceof LeftBehindError);
    if (left.length > 0)
      throw new AggregateError(left, left.map(({ message }) => message).join("; "));
  }
}

/** What one leaves behind does not keep anybody from waiting for the others. */
async function outcomeOf(container: RunningContainer): Promise<ExitStatus | LeftBehindError> {
  try {
    return await container.wait();
  } catch (error) {
    if (error instanceof LeftBehindError) return error;
    throw error;
  }
}

/**
 * Starts the containers of a stack in order, each when the one before runs. One that cannot be built does not keep the
 * others from running.
 *
 * @throws CooperError (rejects) when the stack or a parameter is wrong
 * @throws ContainerError (rejects) `stdio-unknown`
 * @throws the reason of `signal` (rejects) when that is aborted before all run; those that run are ended
 *
 * @example
 * import { runStack } from "cooper";
 *
 * const stack = await runStack({
 *   containers: [0, 3].map((code) => ({
 *     name: `exit-${code}`,
 *     privileged: true,
 *     process: { args: ["sh", "-c", `exit ${code}`] },
 *   })),
 * });
 * console.log([...(await stack.wait()).values()]); // [ { code: 0 }, { code: 3 } ]
 */
export async function runStack(
  stack: Stack | StackInput,
  { onLog, ...options }: StackRunOptions = {},
): Promise<RunningStack> {
  const { containers: specs } = "parameters" in stack ? stack : parseStack(stack);
  const running: RunningContainer[] = [];
  const failures = new Map<string, StepError>();
  const names: string[] = [];
  const started = new RunningStack(running, failures, names);
  try {
    for (const spec of specs) {
      const name = evaluate("name", spec.name, bind(spec, options.params ?? {}));
      names.push(name);
      const log = onLog && ((line: string) => onLog(line, name));
      try {
        running.push(await run(spec, { ...options, ...(log === undefined ? {} : { onLog: log }) }));
      } catch (error) {
        if (!(error instanceof StepError)) throw error;
        failures.set(name, error);
      }
    }
  } catch (error) {
    started.kill("SIGKILL");
    await started.wait();
    throw error;
  }
  return started;
}
