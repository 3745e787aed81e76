import { closeSync, readSync, writeSync } from "node:fs";
import { pidfdSendSignal, signalInformationSize, waitidPidfd } from "../calls/process.js";
import { CLD_EXITED, signalName } from "../constants/process.js";
import { performSystemCall } from "../libc.js";
import { watchReadable, type ReadableWatch } from "../poll.js";
import { goAhead } from "../program/wait-for-parent.js";
import { SystemCallError } from "../system-call-error.js";
import type { LaunchError } from "./launch-error.js";

/** How a process ended: its exit code, or the signal that killed it by number and name. */
export type ExitStatus =
  { readonly code: number } | { readonly signal: number; readonly signalName: string };

/** The parent's ends of the two pipes of a child in waiting mode. */
export interface WaitingEnds {
  /** A byte written here lets the child go on, each time that it waits. */
  readonly release: number;
  /** A byte comes whenever the child waits; at its end the child has executed its command or has ended. */
  readonly started: number;
  /** Reads the failure record and gives the shared memory back; called once, at the end of `started`. */
  readonly finish: () => LaunchError | undefined;
}

/**
 * A child of this process. It is always reaped when it ends, whether or not anybody waits, and its
 * descriptor closed.
 */
export class LaunchedProcess {
  readonly #exit: Promise<ExitStatus>;
  readonly #exitWatch: ReadableWatch;
  readonly #started: Promise<LaunchError | undefined>;
  /** When the child waits, or will not any more. */
  #arrival = deferred<undefined>();
  #startWatch: ReadableWatch | undefined;
  #startAwaited = false;
  #releaseEnd: number | undefined;
  #ended = false;

  constructor(
    readonly pid: number,
    /** Refers to the process, whatever its number is used for later; closed when it has ended. */
    readonly pidfd: number,
    waiting?: WaitingEnds,
  ) {
    this.#releaseEnd = waiting?.release;
    if (waiting === undefined) this.#arrival.resolve(undefined);
    this.#started = waiting === undefined ? Promise.resolve(undefined) : this.#watchStart(waiting);
    let settle: (status: ExitStatus) => void;
    this.#exit = new Promise((resolve) => (settle = resolve));
    this.#exitWatch = watchReadable(pidfd, () => {
      this.#ended = true;
      const status = reap(pidfd, false);
      closeSync(pidfd);
      settle(status);
    });
  }

  /** Whether the process has ended and been reaped. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Waits until a child in waiting mode waits for {@link release}: what the parent does from now on happens
   * between the entries before and those after {@link addWaitForParent}.
   * @throws LaunchError (rejects) when an entry before failed
   */
  async arrived(): Promise<void> {
    this.#awaitStart();
    await this.#arrival.promise;
    // It is ending; whoever hears of the failure may count on it being gone.
    if (this.#startWatch === undefined && (await this.#started) !== undefined) await this.wait();
  }

  /**
   * Lets a child in waiting mode go on.
   * @returns a promise for the moment it waits again or executes its command (or is killed before)
   * @throws LaunchError (rejects) when an entry of the program failed, before or after the release
   */
  async release(): Promise<void> {
    await this.arrived();
    if (this.#releaseEnd === undefined) return;
    this.#arrival = deferred<undefined>();
    try {
      writeSync(this.#releaseEnd, goAhead);
    } catch (error) {
      // The child is gone already: its record says why.
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    }
    await this.arrived();
  }

  /**
   * Waits for the end; does not block the event loop, and keeps the process alive.
   * @throws LaunchError (rejects) when the command was never executed because an entry failed
   */
  async wait(): Promise<ExitStatus> {
    if (!this.#ended) {
      this.#exitWatch.keepAlive(true);
      this.#awaitStart();
    }
    const [failure, status] = await Promise.all([this.#started, this.#exit]);
    if (failure !== undefined) throw failure;
    return status;
  }

  /**
   * Sends a signal through the pidfd, so never to another process.
   * @returns false when the process had already ended
   */
  kill(signal: number): boolean {
    if (this.#ended) return false;
    try {
      performSystemCall(pidfdSendSignal(this.pidfd, signal));
      return true;
    } catch (error) {
      if (error instanceof SystemCallError && error.errnoName === "ESRCH") return false;
      throw error;
    }
  }

  /** Keeps this process alive until the child has started. */
  #awaitStart(): void {
    this.#startAwaited = true;
    this.#startWatch?.keepAlive(true);
  }

  #watchStart({ started, finish }: WaitingEnds): Promise<LaunchError | undefined> {
    const start = deferred<LaunchError | undefined>();
    const next = () => {
      if (readSync(started, new Uint8Array(1)) > 0) {
        watch();
        this.#arrival.resolve(undefined);
        return;
      }
      this.#startWatch = undefined;
      closeSync(started);
      if (this.#releaseEnd !== undefined) closeSync(this.#releaseEnd);
      this.#releaseEnd = undefined;
      start.resolve(finish());
      this.#arrival.resolve(undefined);
    };
    const watch = () => {
      this.#startWatch = watchReadable(started, next);
      this.#startWatch.keepAlive(this.#startAwaited);
    };
    watch();
    return start.promise;
  }
}

function deferred<Value>() {
  let settle: (value: Value) => void;
  const promise = new Promise<Value>((resolve) => (settle = resolve));
  return { promise, resolve: (value: Value) => settle(value) };
}

/** What the kernel tells about a child's end; read at once, so one is enough for all. */
const information = Buffer.alloc(signalInformationSize);

/**
 * Reaps an ended child.
 * @param wait whether to block until it has ended
 */
export function reap(pidfd: number, wait: boolean): ExitStatus {
  performSystemCall(waitidPidfd(pidfd, information, wait));
  // siginfo_t of 64-bit systems. Source: sigaction(2), include/uapi/asm-generic/siginfo.h.
  const code = information.readInt32LE(8);
  const status = information.readInt32LE(24);
  if (code === CLD_EXITED) return { code: status };
  return { signal: status, signalName: signalName(status) };
}
