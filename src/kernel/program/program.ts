import type { ErrnoName } from "../errno.js";
import { printSystemCall, type KnownValues, type Result, type SystemCall } from "../system-call.js";

/** One system call of a program and what is to happen with its result. */
export interface ProgramEntry {
  readonly call: SystemCall;
  /** The name of the plan's step this entry belongs to. */
  readonly step: string;
  /** Errors after which the program goes on all the same. */
  readonly ignore: IgnoredErrors;
  /** The smallest result that counts as success: 1 makes a `read` at the end of its file a failure. */
  readonly minimum: number;
  /**
   * One of several places where the command may be: ENOENT and ENOTDIR, and EACCES too, move on to
   * the next entry.
   */
  readonly candidate: boolean;
  /**
   * The call makes a process that goes on with the program; where it returns that process's number, in the process
   * that has called, the program is over.
   */
  readonly successor: boolean;
}

/** Every error, or at most two by name. */
export type IgnoredErrors =
  "all" | readonly [] | readonly [ErrnoName] | readonly [ErrnoName, ErrnoName];

export interface EntryOptions {
  /** Default: none, every error ends the program. */
  readonly ignore?: IgnoredErrors;
  /** Default: 0. */
  readonly minimum?: number;
  /** Default: false. */
  readonly successor?: boolean;
}

/** What a started child does until it executes its command: a flat list of system calls. Immutable. */
export class Program {
  constructor(readonly entries: readonly ProgramEntry[]) {
    if (entries.at(-1)?.candidate !== true)
      throw new TypeError("a program must end by executing a command");
    const first = entries.findIndex((each) => each.candidate);
    if (entries.slice(first).some((each) => !each.candidate))
      throw new TypeError("nothing may follow the execution of the command");
    Object.freeze(entries);
  }

  /**
   * The program as `strace -v -s 65536` prints it, a line for each entry, without results. Where the
   * command is searched for in PATH, a run stops at the first line that succeeds.
   */
  print(known: KnownValues = {}): string[] {
    return this.entries.map((each) => printSystemCall(each.call, known));
  }
}

/** Adds the entries of one step. */
export interface StepWriter {
  /**
   * Appends a system call.
   * @returns its result, to be given to later calls as an argument
   */
  add(call: SystemCall, options?: EntryOptions): Result;
}

/** Builds a {@link Program}, entry by entry, in order. */
export class ProgramBuilder {
  readonly #entries: ProgramEntry[] = [];

  /** How many entries there are so far. */
  get length(): number {
    return this.#entries.length;
  }

  /** A writer whose entries carry this step's name, for error messages. */
  step(step: string): StepWriter {
    return { add: (call, options) => this.#append(step, call, options ?? {}, false) };
  }

  /**
   * Ends the program: the first candidate that can be executed becomes the command. When none can,
   * the child exits with 126 if one was there but not executable, otherwise with 127.
   */
  execute(step: string, candidates: readonly [SystemCall, ...SystemCall[]]): Program {
    for (const candidate of candidates) {
      if (candidate.name !== "execve")
        throw new TypeError(`only execve can be a candidate, not ${candidate.name}`);
      this.#append(step, candidate, {}, true);
    }
    return new Program([...this.#entries]);
  }

  #append(
    step: string,
    call: SystemCall,
    { ignore = [], minimum = 0, successor = false }: EntryOptions,
    candidate: boolean,
  ): Result {
    if (call.arguments.length > 6) throw new TypeError(`${call.name} has more than six arguments`);
    if (!candidate && call.name === "execve")
      throw new TypeError("execve belongs at the end of a program: use execute()");
    const entry = this.#entries.length;
    for (const argument of call.arguments)
      if (argument.kind === "result" && this.#entries[argument.entry]?.call.name !== argument.name)
        throw new TypeError(`${call.name} uses the result of a call that is not before it`);
    this.#entries.push(
      Object.freeze({ call, step, ignore, minimum, candidate, successor }) satisfies ProgramEntry,
    );
    return { kind: "result", entry, name: call.name };
  }
}
