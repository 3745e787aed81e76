import { readdirSync, readlinkSync } from "node:fs";
import { readKeyValues, required } from "./proc.js";

export interface ObservedFile {
  readonly descriptor: number;
  /** A path, or what it is when it has none: "pipe", "socket", "terminal", "anon_inode:[eventpoll]". */
  readonly target: string;
  readonly access: "read" | "write" | "read-write";
}

/** The open descriptors of a process. Source: proc(5), /proc/PID/fd and fdinfo. */
export function observeFiles(pid: number): ObservedFile[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map(Number)
    .sort((left, right) => left - right)
    .map((descriptor) => ({
      descriptor,
      target: normaliseTarget(readlinkSync(`/proc/${pid}/fd/${descriptor}`)),
      access: accessOf(`/proc/${pid}/fdinfo/${descriptor}`),
    }));
}

function normaliseTarget(target: string): string {
  if (/^\/dev\/(pts\/\d+|tty\w*|console)$/.test(target)) return "terminal";
  return target.replace(/^(pipe|socket):\[\d+\]$/, "$1");
}

/** The two lowest bits of the flags, in octal. */
function accessOf(file: string): ObservedFile["access"] {
  const flags = parseInt(required(readKeyValues(file).get("flags"), "flags"), 8);
  return (["read", "write", "read-write"] as const)[flags & 3] ?? "read-write";
}
