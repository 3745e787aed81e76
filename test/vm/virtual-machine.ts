/** Runs prepared programs in the virtual machine of scripts/vm. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { repository } from "../host/repository.js";
import { preparedVariable } from "../support/prepared.js";

export interface RunningMachine {
  /** What the program writes; standard error is this program's own. */
  readonly output: Readable;
  /** The exit status of the program, or of scripts/vm if it got no further. */
  readonly status: Promise<number>;
}

/** Seconds: all takes some five minutes, and three times as long on a busy machine. */
const timeLimit = 1200;

/**
 * @param directory of {@link withPrepared}
 * @param program such as `vm/run-tests.mjs`
 */
export function inVirtualMachine(
  directory: string,
  [program, ...args]: readonly [string, ...string[]],
): RunningMachine {
  const node = ["env", `${preparedVariable}=${directory}`, process.execPath];
  const child = spawn(
    path.join(repository, "scripts/vm"),
    ["--time", String(timeLimit), ...node, path.join(directory, program), ...args],
    { stdio: ["ignore", "pipe", "inherit"], cwd: repository },
  );
  const status = once(child, "close").then(([code]) => (code as number | null) ?? 1);
  // What nobody reads when a process ends is lost with it.
  return { output: child.stdout.pipe(new PassThrough({ encoding: "utf8" })), status };
}
