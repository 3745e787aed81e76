import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import type { ExitStatus, LaunchedProcess } from "../kernel/launch/launched-process.js";
import type { HostState } from "./host-state.js";
import type { Streams } from "./streams.js";

/** A running container. */
export class RunningContainer implements AsyncDisposable {
  readonly name: string;
  /** The id by which this host knows the container's first process. */
  readonly pid: number;
  /** The leased IPv4 address; undefined without a bridge. */
  readonly address: string | undefined;
  /** The command's standard streams, with `stdio: "pipe"`. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  readonly #process: LaunchedProcess;
  readonly #ended: Promise<ExitStatus>;

  constructor(host: HostState, launched: LaunchedProcess, streams: Streams) {
    this.name = host.name;
    this.pid = launched.pid;
    this.address = host.address === "" ? undefined : host.address;
    this.stdin = streams.stdin;
    this.stdout = streams.stdout;
    this.stderr = streams.stderr;
    this.#process = launched;
    this.#ended = this.#takeDownAtTheEnd(host);
    // Whoever waits hears of a failure; when nobody does, it is no unhandled rejection.
    this.#ended.catch(() => {});
  }

  async #takeDownAtTheEnd(host: HostState): Promise<ExitStatus> {
    const status = await this.#process.wait();
    const errors = await host.takeDown();
    if (errors.length > 0) throw new AggregateError(errors, `${this.name} left something behind`);
    return status;
  }

  /**
   * Waits until the container has ended and everything made for it is gone.
   *
   * @returns the command's exit code, or the signal that ended it
   * @throws AggregateError (rejects) when something could not be taken down
   */
  wait(): Promise<ExitStatus> {
    return this.#ended;
  }

  /**
   * Sends a signal to the container's first process. In a pid namespace the kernel drops what that process
   * has no handler for, except SIGKILL and SIGSTOP; see pid_namespaces(7).
   *
   * @returns false when the container has ended
   */
  kill(signal: NodeJS.Signals = "SIGTERM"): boolean {
    return this.#process.kill(constants.signals[signal]);
  }

  /** Ends the container and waits until it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    await this.#ended;
  }
}
