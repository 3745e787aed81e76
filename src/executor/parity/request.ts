/** What a simulated host is asked to do: to carry a plan out one way, and to tell what came of it. */
export interface ParityRequest {
  readonly path: "script" | "kernel";
  /** The directory of the root file system; undefined when the container builds its own. */
  readonly root: string | undefined;
  /** The layers that it builds it of, and the directory of the writable one if that is kept. */
  readonly layers: readonly string[];
  readonly kept: string | undefined;
  readonly name: string;
  /** The files that are put into the host, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** What carries the plan out: a command that finds those files below {@link parityDirectory}. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** What the container runs in the end. */
  readonly args: readonly string[];
}

/** Where a simulated host keeps what it is given. */
export const parityDirectory = "/run/cooper-parity";
