import type { Readable, Writable } from "node:stream";
import { SIGKILL, signalName } from "../kernel/constants/process.js";
import type { ExitStatus, LaunchedProcess } from "../kernel/launch/launched-process.js";
import { ContainerHandle } from "./container-handle.js";
import type { HostState } from "./host-state.js";
import { LeftBehindError } from "./left-behind-error.js";
import { identify, type ProcessIdentity } from "./process-identity.js";
import { effectiveSignal, signalNumber } from "./signal-delivery.js";
import type { Streams } from "./streams.js";

/**
 * A container that this process has started; see {@link run}.
 *
 * @example
 * import { run } from "cooper";
 *
 * await using box = await run(
 *   { name: "box", privileged: true, process: { args: ["cat"] } },
 *   { stdio: "pipe" },
 * );
 * box.stdin?.end("through the container");
 * for await (const chunk of box.stdout ?? []) console.log(String(chunk)); // through the container
 * console.log(await box.wait()); // { code: 0 }
 */
export class RunningContainer extends ContainerHandle implements AsyncDisposable {
  /** The command's standard streams, with `stdio: "pipe"`. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  readonly #process: LaunchedProcess;
  readonly #ended: Promise<ExitStatus>;
  /** The signal that was carried out by SIGKILL. */
  #meant: number | undefined;

  /** @param undo takes down what was made for it, and tells what went wrong */
  constructor(
    host: HostState,
    launched: LaunchedProcess,
    streams: Streams,
    undo: () => Promise<Error[]>,
  ) {
    super(host.name, { pid: launched.pid }, host.address === "" ? undefined : host.address);
    this.stdin = streams.stdin;
    this.stdout = streams.stdout;
    this.stderr = streams.stderr;
    this.#process = launched;
    this.#ended = this.#undoAtTheEnd(undo);
    // Whoever waits hears of a failure; when nobody does, it is no unhandled rejection.
    this.#ended.catch(() => {});
  }

  async #undoAtTheEnd(undo: () => Promise<Error[]>): Promise<ExitStatus> {
    const ended = await this.#process.wait();
    const errors = await undo();
    const killed = "signal" in ended && ended.signal === SIGKILL;
    const status =
      killed && this.#meant !== undefined
        ? { signal: this.#meant, signalName: signalName(this.#meant) }
        : ended;
    if (errors.length > 0) throw new LeftBehindError(this.name, errors, status);
    return status;
  }

  /**
   * Waits until the container has ended and everything made for it is gone.
   *
   * @returns the command's exit code, or the signal that ended it
   * @throws LeftBehindError (rejects) when something could not be taken down
   */
  wait(): Promise<ExitStatus> {
    return this.#ended;
  }

  override kill(signal: NodeJS.Signals | number = "SIGTERM"): boolean {
    const number = signalNumber(signal);
    const effective = effectiveSignal(this.pid, number);
    if (effective !== number) this.#meant = number;
    return this.deliver(effective);
  }

  protected override identity(): ProcessIdentity | undefined {
    // Nobody else has its number as long as its end has not been noticed here.
    return this.#process.ended ? undefined : identify(this.pid);
  }

  protected override deliver(signal: number): boolean {
    return this.#process.kill(signal);
  }

  /** Ends the container and waits until it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    await this.#ended;
  }
}
