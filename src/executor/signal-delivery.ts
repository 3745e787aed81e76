import { constants } from "node:os";
import { SIGKILL } from "../kernel/constants/process.js";
import { readOrEmpty } from "../steps/records.js";
import { ContainerError } from "./container-error.js";

/**
 * Signals to the first process of a container. In a pid namespace the kernel drops every signal that this
 * process has no handler for, except SIGKILL and SIGSTOP, also those that come from outside: `kill -TERM` on
 * a plain `sleep` does nothing. Whoever sends one means what it does to any other process, so that is carried
 * out. Source: pid_namespaces(7), signal(7).
 */

/** Signals whose default is something other than to end the process. */
const notFatal: readonly string[] = [
  ...["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"],
  ...["SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU"],
];

/**
 * The number of a signal given as `SIGTERM`, `TERM`, `term` or `15`.
 *
 * @throws ContainerError `signal-unknown`
 */
export function signalNumber(signal: string | number): number {
  const text = String(signal).toUpperCase();
  const names: Readonly<Record<string, number>> = constants.signals;
  const number = /^\d+$/.test(text)
    ? Number(text)
    : names[text.startsWith("SIG") ? text : `SIG${text}`];
  if (number === undefined || number < 1 || number > 64)
    throw new ContainerError("signal-unknown", { signal: String(signal) });
  return number;
}

/** Whether a process catches, ignores or blocks a signal: then the kernel does not drop it. */
export function handlesSignal(pid: number, signal: number): boolean {
  const status = readOrEmpty(`/proc/${pid}/status`);
  const mask = [...status.matchAll(/^Sig(?:Blk|Ign|Cgt):\s*([0-9a-f]+)$/gm)].reduce(
    (bits, [, hexadecimal = "0"]) => bits | BigInt(`0x${hexadecimal}`),
    0n,
  );
  return ((mask >> BigInt(signal - 1)) & 1n) === 1n;
}

/** Whether a process is the first of a pid namespace other than the caller's. */
function isNamespaceInit(pid: number): boolean {
  const numbers = /^NSpid:\s*(.*)$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1]?.split(/\s+/);
  return numbers !== undefined && numbers.length > 1 && numbers.at(-1) === "1";
}

/** What has to be sent so that a signal does to the process what it does to any other. */
export function effectiveSignal(pid: number, signal: number): number {
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  if (name !== undefined && notFatal.includes(name)) return signal;
  if (handlesSignal(pid, signal) || !isNamespaceInit(pid)) return signal;
  return SIGKILL;
}
