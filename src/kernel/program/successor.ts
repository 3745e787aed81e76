import { integer, memory, words } from "../arguments.js";
import { CLONE_PARENT, CLONE_VFORK, CLONE_VM, cloneFlags } from "../constants/clone.js";
import { flagsText } from "../constants/names.js";
import type { SystemCall } from "../system-call.js";
import type { StepWriter } from "./program.js";

const flags = CLONE_VM | CLONE_VFORK | CLONE_PARENT;

/**
 * clone3(2) of a sibling that borrows this process's memory, and suspends it until it executes a command or exits.
 * What it sends when it ends is what this process would have: with CLONE_PARENT it cannot be told.
 */
function cloneSibling(): SystemCall {
  // struct clone_args in its first version: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls.
  const clone = words(flags, 0, 0, 0, 0, 0, 0, 0);
  const text = `{flags=${flagsText(flags, cloneFlags)}, exit_signal=0, stack=NULL, stack_size=0}`;
  return { name: "clone3", arguments: [memory(clone, text), integer(clone.length)] };
}

/**
 * Lets a sibling go on with the program in this process's place, for launches in vfork mode: a process that has
 * joined a pid namespace does not live in there, but what it makes does. Source: pid_namespaces(7).
 */
export function addSuccessor(writer: StepWriter): void {
  writer.add(cloneSibling(), { successor: true });
}
