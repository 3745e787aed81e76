import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import type { HookName } from "../model/spec/hooks.js";
import { HostProblem } from "./host.js";

/** @throws HostProblem `hook-missing` unless this host can execute the file */
export function requireProgram(hook: HookName, path: string): void {
  if (!isProgram(path)) throw new HostProblem("hook-missing", { hook, path });
}

/** Whether the kernel can execute a file: what is neither a binary nor names an interpreter, it cannot. */
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() && /^(\x7fELF|#!)/.test(beginning(file));
  } catch {
    return false;
  }
}

function beginning(file: string): string {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    return bytes.toString("latin1", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}
