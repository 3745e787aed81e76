import type { Program, ProgramBuilder, StepWriter } from "../kernel/program/program.js";
import type { HeldCapabilities } from "../kernel/program/restrict.js";
import type { Result } from "../kernel/system-call.js";
import type { Language } from "../model/language.js";
import type { MergedLayers } from "../rootfs/merged-layers.js";
import type { TreeEntry } from "./copy-tree.js";
import type { MountPoint, MountPointKind } from "./mount-point.js";
import type { IdMaps } from "./id-maps.js";

/** Soft and hard limit; null is no limit. */
export interface ResourceLimitValues {
  readonly soft: bigint | null;
  readonly hard: bigint | null;
}

/** What a step of the host needs to know and may change while it performs itself. */
export interface Host {
  readonly name: string;
  /** The container's own directory below the run directory. */
  readonly directory: string;
  /** The root file system's directory: absolute, without symbolic links. */
  readonly root: string;
  /** The hierarchy this host limits resources with; undefined when the container has no limits. */
  readonly cgroupVersion: 1 | 2 | undefined;
  /** What the launcher may do, and so what it can leave to the container. */
  readonly capabilities: HeldCapabilities;
  /** The limit of open files that the launcher was started with, where Node has raised it since. */
  readonly openFiles: ResourceLimitValues | undefined;
  /** The terminal that the command's standard input is, as a path of the host; see {@link findTerminal}. */
  readonly terminal: string | undefined;
  /** Whether a dead container of this name left things behind, which may be replaced. */
  stale: boolean;
  /** The leased address, and the host's end of the veth pair that is named after it. */
  address: string;
  veth: string;
  /** A descriptor of the container's network namespace; closed when the container has started. */
  networkNamespace: number | undefined;
  /** The container's first process, as this host numbers it: once it is there, for what happens while it waits. */
  process: number | undefined;
  /** A descriptor of a mount that the container moves into place; closed likewise. */
  rootMount: number | undefined;
  /** What the container merges into its root file system, and only it sees merged; undefined when that is a directory. */
  layers: MergedLayers | undefined;
  /** What the ids in the container's user namespace stand for; undefined when it has none. */
  idMaps: IdMaps | undefined;
  /** What the container copies into its root file system, from a directory at the same place. */
  rootTree: (() => readonly TreeEntry[]) | undefined;
  /** Where things are mounted in the container, by their destinations and in that order. */
  readonly mountPoints: Map<string, MountPoint>;
  /** What is to be hidden from the container, of what there is, and as what. */
  readonly maskedPaths: Map<string, MountPointKind>;
  /** What is not mounted, by its destination: there is nothing to mount. */
  readonly leftOut: Set<string>;
  /** Looks for that terminal. */
  findTerminal(): void;
  /** Registers what undoes a step; called last in, first out, with the lock held. */
  readonly undo: (action: () => void | Promise<void>) => void;
  /** The same for what takes long and what nothing undone afterwards has to wait for. */
  readonly undoAside: (action: () => Promise<void>) => void;
  /** From here on no other container on this host claims names and addresses or changes what is shared. */
  lock(): Promise<void>;
  /** Gives that back. */
  unlock(): void;
  /**
   * Runs a command of the host: gives it what it reads and tells what it wrote to standard output. Rejects with a
   * {@link CommandFailure} unless it exits with 0.
   */
  readonly command: (args: readonly [string, ...string[]], input?: string) => Promise<string>;
  /**
   * Runs a hook, which reads the container's state, with this status.
   * @param where in whose namespaces, or in the container like its command
   * @returns its exit status, as a shell has it
   */
  readonly runHook: (
    args: readonly [string, ...string[]],
    status: "creating" | "created" | "running" | "stopped",
    where: "host" | "container" | CommandPlace,
  ) => Promise<number>;
  /** Tells of something that went wrong and does not stop anything. */
  readonly warn: (problem: HostProblem) => void;
  /** Does something when everything else that was asked for in this way is done: steps may overlap. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/** What the command of a container is started with. */
export interface CommandPlace {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly user: {
    readonly uid: number;
    readonly gid: number;
    readonly additionalGids: readonly number[];
    readonly umask: number;
  };
}

/** A command of the host that failed. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";

  constructor(
    readonly command: string,
    /** As a shell has it: 128 + n after signal n. */
    readonly status: number,
  ) {
    super(`the command failed with exit status ${String(status)}: ${command}`);
  }
}

/** Something about the host that stands in the way; the codes are those of the generated scripts. */
export class HostProblem extends Error {
  override readonly name = "HostProblem";

  constructor(
    readonly code: string,
    /** What the message's placeholders stand for. */
    readonly values: Readonly<Record<string, string>>,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** What the system calls of a container depend on besides its plan: a program is used again where that is the same. */
export type HostOfProgram = Readonly<
  Pick<
    Host,
    | "root"
    | "cgroupVersion"
    | "capabilities"
    | "address"
    | "terminal"
    | "idMaps"
    | "rootTree"
    | "leftOut"
    | "mountPoints"
    | "maskedPaths"
  >
>;

/** Where the steps of the container are lowered to system calls. */
export interface Container {
  readonly host: HostOfProgram;
  readonly builder: ProgramBuilder;
  readonly language: Language;
  /** The command to run: the spec's or the caller's. */
  readonly command: readonly [string, ...string[]];
  /** Adds the calls that give the command its standard streams. */
  readonly addStreams: (writer: StepWriter) => void;
  /** The limit of open files that the command gets where nothing says otherwise; undefined as it is. */
  openFiles: ResourceLimitValues | undefined;
  /** A descriptor of the root file system's directory, once a step has opened it. */
  rootDescriptor: Result | undefined;
  /** Whether it has waited for its launcher before. */
  hasWaited: boolean;
  /** The finished program; set by the last step. */
  program: Program | undefined;
}
