import { closeSync } from "node:fs";
import { currentArchitecture } from "../architecture.js";
import { pipe2 } from "../calls/file.js";
import { getDumpable, pidfdOpen, setDumpable } from "../calls/process.js";
import { O_CLOEXEC } from "../constants/file.js";
import { performSystemCall } from "../libc.js";
import {
  header,
  layOutProgram,
  placeImage,
  readFailure,
  readResult,
  type ProgramImage,
} from "../program/image.js";
import type { Program } from "../program/program.js";
import { parentPipe } from "../program/wait-for-parent.js";
import { SystemCallError } from "../system-call-error.js";
import { cloneCall, writeCloneArguments, type CloneOptions } from "./clone-arguments.js";
import { LaunchError } from "./launch-error.js";
import { LaunchedProcess, reap } from "./launched-process.js";
import { acquireRegion, releaseRegion, type Region } from "./region.js";
import { runRoutine } from "./routine.js";

export interface LaunchOptions extends CloneOptions {
  /** What the placeholders of the program stand for, by name. */
  readonly values?: Readonly<Record<string, number>>;
}

interface Child {
  readonly pid: number;
  readonly pidfd: number;
}

type Values = Readonly<Record<string, number>>;

const images = new WeakMap<Program, ProgramImage>();

function imageOf(program: Program): ProgramImage {
  let image = images.get(program);
  if (image === undefined) {
    image = layOutProgram(program, currentArchitecture());
    images.set(program, image);
  }
  return image;
}

/**
 * Starts a child that performs a program's system calls and then executes its command.
 *
 * In vfork mode it returns when the command has been executed; in waiting mode as soon as the child
 * exists. A program may be launched any number of times.
 *
 * @throws LaunchError in vfork mode, when an entry of the program failed (in waiting mode
 *   {@link LaunchedProcess.release} and {@link LaunchedProcess.wait} reject with it)
 * @throws SystemCallError when clone3 itself failed; source: clone(2)
 */
export function launch(program: Program, options: LaunchOptions): LaunchedProcess {
  return options.mode === "vfork"
    ? launchAndSuspend(program, options)
    : launchWaiting(program, options);
}

function launchAndSuspend(program: Program, options: LaunchOptions): LaunchedProcess {
  const values = options.values ?? {};
  const image = imageOf(program);
  const region = acquireRegion(image.bytes.length);
  try {
    // A child that changes its user changes this flag of the memory it shares with us. Source:
    // prctl(2), PR_SET_DUMPABLE.
    const dumpable = performSystemCall(getDumpable());
    const { pid, pidfd } = clone(image, region, options, values);
    if (dumpable === 1 && performSystemCall(getDumpable()) !== 1) performSystemCall(setDumpable(1));
    const child = successorOf(program, region, { pid, pidfd });
    const failure = failureOf(program, region, values);
    if (failure === undefined) return new LaunchedProcess(child.pid, child.pidfd);
    bury(child.pidfd);
    throw failure;
  } finally {
    // The child does not use the region any more: it has other memory now, or is gone.
    releaseRegion(region);
  }
}

/** Takes a child that has ended out of the process table. */
function bury(pidfd: number): void {
  reap(pidfd, true);
  closeSync(pidfd);
}

/** Whoever is at the end of a program: the last of the processes that went on with it. */
function successorOf(program: Program, { memory }: Region, child: Child): Child {
  let last = child;
  program.entries.forEach(({ successor }, index) => {
    const pid = successor ? Number(readResult(memory, index)) : 0;
    if (pid <= 0) return;
    bury(last.pidfd);
    // Its number is its own until it is reaped, which only this process does.
    last = { pid, pidfd: performSystemCall(pidfdOpen(pid)) };
  });
  return last;
}

function launchWaiting(program: Program, options: LaunchOptions): LaunchedProcess {
  if (program.entries.some(({ successor }) => successor))
    throw new TypeError("nobody succeeds a child in waiting mode");
  const image = imageOf(program);
  const [parentRead, parentWrite] = pipe();
  const [startedRead, startedWrite] = pipe();
  const values = {
    ...options.values,
    [parentPipe.read]: parentRead,
    [parentPipe.write]: parentWrite,
    [parentPipe.arrival]: startedWrite,
  };
  const region = acquireRegion(image.bytes.length);
  let child: Child;
  try {
    child = clone(image, region, options, values);
  } catch (error) {
    releaseRegion(region);
    [parentWrite, startedRead].forEach((fd) => closeSync(fd));
    throw error;
  } finally {
    // Now only the child has these: the next child must not inherit them, or it would keep this
    // one's pipe open.
    [parentRead, startedWrite].forEach((fd) => closeSync(fd));
  }
  return new LaunchedProcess(child.pid, child.pidfd, {
    release: parentWrite,
    started: startedRead,
    finish: () => {
      const failure = failureOf(program, region, values);
      releaseRegion(region);
      return failure;
    },
  });
}

function clone(
  image: ProgramImage,
  { address, memory }: Region,
  options: LaunchOptions,
  values: Values,
): Child {
  placeImage(image, memory, address, values);
  writeCloneArguments(memory, address, options);
  const pid = runRoutine(address);
  if (pid < 0) throw new SystemCallError(cloneCall(options), -pid);
  return { pid, pidfd: memory.readInt32LE(header.pidfd) };
}

function failureOf(
  program: Program,
  { address, memory }: Region,
  values: Values,
): LaunchError | undefined {
  const record = readFailure(memory, address);
  if (record === undefined) return undefined;
  return new LaunchError(program, record, {
    values,
    results: (entry) => (entry < record.index ? readResult(memory, entry) : undefined),
  });
}

function pipe(): [read: number, write: number] {
  const fds = new Int32Array(2);
  performSystemCall(pipe2(fds, O_CLOEXEC));
  const [read = -1, write = -1] = fds;
  return [read, write];
}
