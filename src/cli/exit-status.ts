import type { ExitStatus } from "../kernel/launch/launched-process.js";

/** As a shell has it: the code of the command, or 128 + n when signal n ended it. */
export function exitStatusOf(status: ExitStatus): number {
  return "code" in status ? status.code : 128 + status.signal;
}

/** What a container that could not be built exits with. */
export const buildFailure = 125;

/** The commands whose exit status is that of a command in a container. */
export const runsCommand = (name: string | undefined) => name === "run" || name === "exec";
