import type { ObservedHost } from "../observe/host.js";
import type { ObservedState } from "../observe/state.js";

/** What one way of carrying out a plan led to. */
export interface PathOutcome {
  /** Of the running container; undefined when it was not observed. */
  readonly state: ObservedState | undefined;
  readonly stdout: string;
  /** What the command wrote to standard error, and the banner before it. */
  readonly stderr: string;
  /** The exit status, as a shell has it: 128 + n after signal n. */
  readonly status: number;
  /** What is on the host afterwards. */
  readonly left: ObservedHost;
  /** The files of the root file system afterwards, one line each; the same reason. */
  readonly files: readonly string[];
}
