/** What a simulated host is asked to do: to carry a plan out one way, and to tell what came of it. */
export interface ParityRequest {
  readonly path: "script" | "kernel";
  /** The directories of root file systems; a container that builds its own has none. */
  readonly roots: readonly string[];
  /** What the containers may write to beside: directories and files of the host, and where volumes lie. */
  readonly sources: readonly string[];
  /** The layers that they are built of, and the directories of writable ones that are kept. */
  readonly layers: readonly string[];
  readonly kept: readonly string[];
  readonly containers: readonly RequestedContainer[];
  /** The files that are put into the host, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** What carries the plan out: a command that finds those files below {@link parityDirectory}. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
}

/** A container to observe. */
export interface RequestedContainer {
  readonly name: string;
  /** What it runs in the end. */
  readonly args: readonly string[];
}

/** Where a simulated host keeps what it is given. */
export const parityDirectory = "/run/cooper-parity";
