import { closeSync } from "node:fs";
import { pidfdSendSignal } from "../kernel/calls/process.js";
import { performSystemCall } from "../kernel/libc.js";
import { SystemCallError } from "../kernel/system-call-error.js";
import { ContainerError } from "./container-error.js";
import type { ContainerProcess } from "./container-process.js";
import { runningContainer } from "./container-records.js";
import { execute, type ExecOptions } from "./exec.js";
import type { ObservedState } from "./observe/state.js";
import { openProcess, type ProcessIdentity } from "./process-identity.js";
import { effectiveSignal, signalNumber } from "./signal-delivery.js";
import { readStats, type ContainerStats, type StatsOptions } from "./stats.js";

/**
 * A running container of this host, whoever started it: a program through {@link run}, the command line or a
 * generated script.
 *
 * @example
 * import { findContainer, run } from "cooper";
 *
 * await using box = await run({ name: "box", privileged: true, process: { args: ["sleep", "60"] } });
 * const same = findContainer("box");
 * console.log(same.pid === box.pid); // true
 */
export class ContainerHandle {
  readonly name: string;
  /** The id by which this host knows the container's first process. */
  readonly pid: number;
  /** The leased IPv4 address; undefined without a bridge. */
  readonly address: string | undefined;
  readonly #identity: ProcessIdentity | undefined;

  constructor(
    name: string,
    process: Pick<ProcessIdentity, "pid"> & Partial<ProcessIdentity>,
    address: string | undefined,
  ) {
    const { pid, started } = process;
    this.name = name;
    this.pid = pid;
    this.address = address;
    this.#identity = started === undefined ? undefined : { pid, started };
  }

  /** Its first process; undefined when that is known to have ended. */
  protected identity(): ProcessIdentity | undefined {
    return this.#identity;
  }

  #open(): number | undefined {
    const identity = this.identity();
    return identity && openProcess(identity);
  }

  /**
   * Sends a signal, by name or number, to the container's first process. What a signal does to any other
   * process it does to this one: where the kernel would drop it, because the first process of a pid namespace
   * has no handler for it, and it ends a process by default, the container is killed.
   *
   * @returns false when the container has ended
   * @throws ContainerError `signal-unknown`
   */
  kill(signal: NodeJS.Signals | number = "SIGTERM"): boolean {
    return this.deliver(effectiveSignal(this.pid, signalNumber(signal)));
  }

  /** Sends a signal as it is. */
  protected deliver(signal: number): boolean {
    const pidfd = this.#open();
    if (pidfd === undefined) return false;
    try {
      performSystemCall(pidfdSendSignal(pidfd, signal));
      return true;
    } catch (error) {
      if (error instanceof SystemCallError && error.errnoName === "ESRCH") return false;
      throw error;
    } finally {
      closeSync(pidfd);
    }
  }

  /**
   * What /proc, /sys, netlink and iptables say about the container; the same for containers made alike.
   *
   * @throws ContainerError (rejects) `container-gone`
   */
  async observe(): Promise<ObservedState> {
    // It takes longer to load than to start a container.
    const { observe } = await import("./observe.js");
    return this.#whileRunning(() => observe(this.pid));
  }

  /**
   * What the container uses, and how much of what it may use.
   *
   * @throws ContainerError (rejects) `container-gone`
   */
  async stats(options: StatsOptions = {}): Promise<ContainerStats> {
    return this.#whileRunning(() => readStats(this.name, this.pid, options));
  }

  /**
   * Starts a command inside the container: in all its namespaces, its cgroups and its root.
   *
   * @param args the command and its arguments; one without a slash is searched in the PATH of `env`
   * @throws ContainerError (rejects) `container-gone`, `command-empty`, `stdio-unknown`
   * @throws StepError (rejects) when it could not be started; see its `exitCode`
   */
  exec(args: readonly string[], options: ExecOptions = {}): Promise<ContainerProcess> {
    // What fails rejects, as with run().
    return new Promise((resolve) => {
      const process = this.identity();
      if (process === undefined) throw new ContainerError("container-gone", { name: this.name });
      resolve(execute({ name: this.name, process }, args, options));
    });
  }

  async #whileRunning<Result>(body: () => Promise<Result>): Promise<Result> {
    const pidfd = this.#open();
    const ended = (cause?: unknown) =>
      new ContainerError("container-gone", { name: this.name }, { cause });
    if (pidfd === undefined) throw ended();
    try {
      return await body();
    } catch (error) {
      // Its files are gone with it.
      if (!this.deliver(0)) throw ended(error);
      throw error;
    } finally {
      closeSync(pidfd);
    }
  }
}

/**
 * Finds a running container of this host by its name.
 *
 * @throws ContainerError `container-missing`, or `container-starting` when its command does not run yet
 *
 * @example
 * import { findContainer, run } from "cooper";
 *
 * const box = await run({ name: "box", privileged: true, process: { args: ["sleep", "60"] } });
 * findContainer("box").kill("SIGTERM");
 * console.log(await box.wait()); // { signal: 9, signalName: 'SIGKILL' }
 */
export function findContainer(name: string): ContainerHandle {
  const { process, address } = runningContainer(name);
  return new ContainerHandle(name, process, address);
}
