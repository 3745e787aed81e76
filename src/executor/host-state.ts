import { closeSync } from "node:fs";
import type { HeldCapabilities } from "../kernel/program/restrict.js";
import type { Host, HostProblem, ResourceLimitValues } from "../steps/host.js";
import type { MountPoint } from "../steps/mount-point.js";
import { runCommand } from "./command.js";
import { takeLock } from "./lock.js";
import { terminalOf } from "./terminal.js";

export interface HostStateOptions {
  readonly name: string;
  /** Where containers are recorded. */
  readonly runDirectory: string;
  readonly directory: string;
  readonly root: string;
  readonly cgroupVersion: 1 | 2 | undefined;
  readonly capabilities: HeldCapabilities;
  readonly openFiles: ResourceLimitValues | undefined;
  /** Whether the command's standard input is the launcher's. */
  readonly inheritsInput: boolean;
  readonly warn: (problem: HostProblem) => void;
}

/** What undoes a step; when aside, what is undone next does not wait for it. */
interface Undo {
  readonly action: () => void | Promise<void>;
  readonly aside: boolean;
}

/** What the launcher of one container keeps while the container is built, runs and is taken down. */
export class HostState implements Host {
  readonly name: string;
  readonly directory: string;
  readonly root: string;
  readonly cgroupVersion: 1 | 2 | undefined;
  readonly capabilities: HeldCapabilities;
  readonly openFiles: ResourceLimitValues | undefined;
  readonly warn: Host["warn"];
  terminal: string | undefined;
  stale = false;
  address = "";
  veth = "";
  networkNamespace: number | undefined;
  rootMount: number | undefined;
  process: number | undefined;
  layers: Host["layers"];
  rootTree: Host["rootTree"];
  readonly mountPoints = new Map<string, MountPoint>();
  readonly maskedPaths: Host["maskedPaths"] = new Map();
  readonly leftOut = new Set<string>();
  idMaps: Host["idMaps"];
  readonly #runDirectory: string;
  readonly #inheritsInput: boolean;
  readonly #undo: Undo[] = [];
  #unlock: (() => void) | undefined;
  #turn = Promise.resolve();

  constructor(options: HostStateOptions) {
    this.name = options.name;
    this.directory = options.directory;
    this.root = options.root;
    this.cgroupVersion = options.cgroupVersion;
    this.capabilities = options.capabilities;
    this.openFiles = options.openFiles;
    this.warn = options.warn;
    this.#runDirectory = options.runDirectory;
    this.#inheritsInput = options.inheritsInput;
  }

  // These are called as functions of their own by steps that take them out of the object.
  readonly undo = (action: () => void | Promise<void>): void => {
    this.#undo.push({ action, aside: false });
  };

  readonly undoAside = (action: () => Promise<void>): void => {
    this.#undo.push({ action, aside: true });
  };

  /** @throws CommandFailure (rejects) */
  readonly command: Host["command"] = (args, input) => runCommand(args, input);

  readonly runHook: Host["runHook"] = async (...given) => {
    // Most containers have none.
    const { runHook } = await import("./run-hook.js");
    return runHook(this, ...given);
  };

  readonly inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  };

  findTerminal(): void {
    if (this.#inheritsInput) this.terminal = terminalOf(0);
  }

  async lock(): Promise<void> {
    this.#unlock ??= await takeLock(this.#runDirectory);
  }

  unlock(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /** Closes the descriptors that only the start needed. */
  closeDescriptors(): void {
    if (this.networkNamespace !== undefined) closeSync(this.networkNamespace);
    if (this.rootMount !== undefined) closeSync(this.rootMount);
    this.networkNamespace = undefined;
    this.rootMount = undefined;
  }

  /**
   * Undoes every step that was done, the last one first. One that cannot be undone does not keep the others
   * from it.
   *
   * @returns what went wrong
   */
  async takeDown(): Promise<Error[]> {
    const errors: Error[] = [];
    const attempt = async ({ action }: Undo): Promise<void> => {
      try {
        await action();
      } catch (error) {
        errors.push(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const aside: Promise<void>[] = [];
    this.closeDescriptors();
    if (this.#undo.length > 0) await this.lock();
    for (let next = this.#undo.pop(); next !== undefined; next = this.#undo.pop())
      if (next.aside) aside.push(attempt(next));
      else await attempt(next);
    await Promise.all(aside);
    this.unlock();
    return errors;
  }
}
