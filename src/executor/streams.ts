import { closeSync, openSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { pipe2 } from "../kernel/calls/file.js";
import { O_CLOEXEC } from "../kernel/constants/file.js";
import { performSystemCall } from "../kernel/libc.js";
import type { StandardStreams } from "../kernel/program/clean-start.js";
import { placeholder } from "../kernel/system-call.js";
import { ContainerError } from "./container-error.js";

/** What the command's standard streams are connected to; `output`: nothing to read, the caller's to write. */
export type Stdio = (typeof stdios)[number];

const stdios = ["inherit", "output", "pipe", "ignore"] as const;

/**
 * What is asked for, before anything is opened.
 * @throws ContainerError `stdio-unknown`
 */
export function stdioOf(stdio: Stdio = "inherit"): Stdio {
  if (stdios.includes(stdio)) return stdio;
  throw new ContainerError("stdio-unknown", { stdio: JSON.stringify(stdio) });
}

/** The container's ends of the standard streams, and the caller's. */
export interface Streams {
  /** What the program copies to descriptors 0 to 2; undefined when they are the launcher's own. */
  readonly program: StandardStreams | undefined;
  readonly values: Readonly<Record<string, number>>;
  /** Only with `pipe`. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  /** Closes the container's ends, once it has them or will never have them. */
  readonly closeContainerEnds: () => void;
}

const names = ["stdin", "stdout", "stderr"] as const;

const noStreams = { stdin: undefined, stdout: undefined, stderr: undefined };

const inherited: Streams = {
  ...noStreams,
  program: undefined,
  values: {},
  closeContainerEnds: () => {},
};

const placeholders = names.map(placeholder) as unknown as StandardStreams;

export function openStreams(stdio: Stdio): Streams {
  if (stdio === "inherit") return inherited;
  if (stdio === "output") {
    const nothing = openSync("/dev/null", "r");
    return {
      ...noStreams,
      program: [placeholder("stdin"), 1, 2],
      values: { stdin: nothing },
      closeContainerEnds: () => {
        closeSync(nothing);
      },
    };
  }
  const pipes = stdio === "pipe" ? names.map(() => openPipe()) : [];
  const [input, output, error] = pipes;
  const nothing = stdio === "ignore" ? openSync("/dev/null", "r+") : -1;
  const ends = [input?.read ?? nothing, output?.write ?? nothing, error?.write ?? nothing];
  return {
    program: placeholders,
    values: Object.fromEntries(names.map((name, index) => [name, ends[index] ?? nothing])),
    // A socket of Node's reads a pipe without blocking a thread, unlike a file stream.
    stdin: input && new Socket({ fd: input.write, readable: false, writable: true }),
    stdout: output && new Socket({ fd: output.read, readable: true, writable: false }),
    stderr: error && new Socket({ fd: error.read, readable: true, writable: false }),
    closeContainerEnds: () => {
      for (const end of new Set(ends)) closeSync(end);
    },
  };
}

function openPipe(): { read: number; write: number } {
  const descriptors = new Int32Array(2);
  performSystemCall(pipe2(descriptors, O_CLOEXEC));
  const [read = -1, write = -1] = descriptors;
  return { read, write };
}
