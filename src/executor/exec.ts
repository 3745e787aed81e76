import { closeSync, constants, openSync } from "node:fs";
import { chdir, fchdir } from "../kernel/calls/file.js";
import { setParentDeathSignal } from "../kernel/calls/process.js";
import { SIGKILL } from "../kernel/constants/process.js";
import { launch } from "../kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { type Program, ProgramBuilder } from "../kernel/program/program.js";
import { placeholder } from "../kernel/system-call.js";
import { ContainerError } from "./container-error.js";
import { ContainerProcess } from "./container-process.js";
import { addJoining, joiningOf } from "./join.js";
import { readStrings } from "./observe/proc.js";
import { openProcess, type ProcessIdentity } from "./process-identity.js";
import { StepError } from "./step-error.js";
import { openStreams, type Stdio, stdioOf, type Streams } from "./streams.js";

/** How a command is run in a container. */
export interface ExecOptions {
  /** The command's standard streams; default `inherit`. */
  readonly stdio?: Stdio;
  /** Its complete environment; default: what the container's first process was started with. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs, as a path of the container; default: where the first process is. */
  readonly cwd?: string;
  /** Who runs it, without supplementary groups; default: whoever the first process is, with its groups. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A container that a command is started in. */
export interface ExecTarget {
  readonly name: string;
  /** Its first process. */
  readonly process: ProcessIdentity;
}

/**
 * Starts a command inside a running container: in all its namespaces, its cgroups and its root, and with the
 * capabilities, limits and other restrictions of its first process.
 *
 * @throws ContainerError `container-gone`, `command-empty`, `stdio-unknown`
 * @throws StepError when the command could not be started
 */
export function execute(
  { name, process: { pid, started } }: ExecTarget,
  args: readonly string[],
  options: ExecOptions,
): ContainerProcess {
  const [file, ...rest] = args;
  if (file === undefined) throw new ContainerError("command-empty", {});
  const stdio = stdioOf(options.stdio);
  const pidfd = openProcess({ pid, started });
  if (pidfd === undefined) throw new ContainerError("container-gone", { name });
  // Closed at the end, in whatever way that comes.
  const open = [pidfd];
  const opened = (path: string, flags: number) => {
    const descriptor = openSync(path, flags);
    open.push(descriptor);
    return descriptor;
  };
  const streams = openStreams(stdio);
  try {
    const program = programOf(pid, [file, ...rest], options, streams);
    const values = {
      ...streams.values,
      process: pidfd,
      // These open what the first process has, wherever that lies. Source: proc(5), "magic links".
      root: opened(`/proc/${pid}/root`, constants.O_RDONLY | constants.O_DIRECTORY),
      cwd: opened(`/proc/${pid}/cwd`, constants.O_RDONLY | constants.O_DIRECTORY),
    };
    const launched = launch(program, { flags: 0, mode: "vfork", values });
    return new ContainerProcess(launched, streams);
  } catch (cause) {
    for (const each of [streams.stdin, streams.stdout, streams.stderr]) each?.destroy();
    // The files of a process are gone with it.
    if (isGone(cause)) throw new ContainerError("container-gone", { name }, { cause });
    throw new StepError("exec", cause, { command: file, cwd: options.cwd ?? "" });
  } finally {
    streams.closeContainerEnds();
    for (const descriptor of open) closeSync(descriptor);
  }
}

const isGone = (error: unknown) =>
  error instanceof Error &&
  "path" in error &&
  /^(ENOENT|ESRCH)$/.test(String((error as NodeJS.ErrnoException).code));

function programOf(
  pid: number,
  command: readonly [string, ...string[]],
  { env, cwd, user }: ExecOptions,
  streams: Streams,
): Program {
  const joining = joiningOf(pid);
  const { restrictions: own } = joining;
  const restrictions = user === undefined ? own : { ...own, user, groups: own.groups && [] };
  const builder = new ProgramBuilder();
  const writer = builder.step("exec");
  addStreams(writer, streams.program);
  addJoining(
    writer,
    { ...joining, restrictions },
    cwd === undefined ? fchdir(placeholder("cwd")) : chdir(cwd),
  );
  // A change of ids clears it, so it comes after them.
  writer.add(setParentDeathSignal(SIGKILL));
  addSignalReset(writer);
  const environment =
    env === undefined
      ? readStrings(`/proc/${pid}/environ`)
      : Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return builder.execute("exec", executeCommand(command, environment));
}
