import { integer, memory } from "../arguments.js";
import {
  CLONE_CLEAR_SIGHAND,
  CLONE_INTO_CGROUP,
  CLONE_PIDFD,
  CLONE_VFORK,
  CLONE_VM,
  cloneFlags,
} from "../constants/clone.js";
import { flagsText } from "../constants/names.js";
import { SIGCHLD } from "../constants/process.js";
import { header } from "../program/image.js";
import type { SystemCall } from "../system-call.js";

/**
 * - `vfork`: the child borrows the parent's memory and the parent's thread is suspended until the
 *   child executes its command. The fastest; nothing in the program may block for long.
 * - `waiting`: the child has a copy of the memory and both go on; the program contains
 *   {@link addWaitForParent}.
 */
export type LaunchMode = "vfork" | "waiting";

/** What clone3 is asked for. */
export interface CloneOptions {
  /** The new namespaces: CLONE_NEW* flags. */
  readonly flags: number;
  readonly mode: LaunchMode;
  /** A descriptor of the cgroup v2 directory the child starts in (Linux 5.7). */
  readonly cgroup?: number;
}

/** The size of struct clone_args up to and including its field `cgroup`. Source: clone(2). */
const cloneArgumentsSize = 88;
const offsets = { flags: 0, pidfd: 8, exitSignal: 32, cgroup: 80 } as const;

/** The same with the descriptor of the cgroup as a name, where it is not known yet. */
export type PrintableCloneOptions = Omit<CloneOptions, "cgroup"> & {
  readonly cgroup?: number | string;
};

function allFlags({ flags, mode, cgroup }: PrintableCloneOptions): number {
  // Sums, not `|`, which in JavaScript works on 32 bits: two of the flags are above those.
  return (
    (flags | CLONE_PIDFD | (mode === "vfork" ? CLONE_VM | CLONE_VFORK : 0)) +
    CLONE_CLEAR_SIGHAND +
    (cgroup === undefined ? 0 : CLONE_INTO_CGROUP)
  );
}

/** Writes struct clone_args into a region that holds a program's image. */
export function writeCloneArguments(region: Buffer, base: bigint, options: CloneOptions): void {
  const start = header.cloneArgumentsData;
  region.fill(0, start, start + cloneArgumentsSize);
  region.writeBigUInt64LE(BigInt(allFlags(options)), start + offsets.flags);
  region.writeBigUInt64LE(base + BigInt(header.pidfd), start + offsets.pidfd);
  // As for any child. Node's own handler for it asks only about children it started itself.
  region.writeBigUInt64LE(BigInt(SIGCHLD), start + offsets.exitSignal);
  region.writeBigUInt64LE(BigInt(options.cgroup ?? 0), start + offsets.cgroup);
  region.writeBigUInt64LE(BigInt(cloneArgumentsSize), header.cloneArgumentsSize);
}

/** clone3(2) as data, for messages: the address of the pidfd is left out. */
export function cloneCall(options: PrintableCloneOptions): SystemCall {
  const cgroup = options.cgroup === undefined ? "" : `, cgroup=${options.cgroup}`;
  const text =
    `{flags=${flagsText(allFlags(options), cloneFlags)}, exit_signal=SIGCHLD, ` +
    `stack=NULL, stack_size=0${cgroup}}`;
  return {
    name: "clone3",
    arguments: [memory(new Uint8Array(), text), integer(cloneArgumentsSize)],
  };
}
