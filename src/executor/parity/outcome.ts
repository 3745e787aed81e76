import type { ObservedHost } from "../observe/host.js";
import type { ObservedState } from "../observe/state.js";

/** What one way of carrying out a plan led to. */
export interface PathOutcome {
  /** Of the running containers, by name; none when they were not observed. */
  readonly states: Readonly<Record<string, ObservedState>>;
  readonly stdout: string;
  /** What the command wrote to standard error, and the banner before it. */
  readonly stderr: string;
  /** The exit status, as a shell has it: 128 + n after signal n. */
  readonly status: number;
  /** What is on the host afterwards. */
  readonly left: ObservedHost;
  /** The files of the root file systems afterwards, one line each. */
  readonly files: readonly string[];
}
