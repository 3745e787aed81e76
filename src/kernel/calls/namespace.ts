/** The system calls about namespaces and what they hold. */
import { flags, integer, late, string } from "../arguments.js";
import { namespaceFlags } from "../constants/clone.js";
import type { Late, SystemCall } from "../system-call.js";

/** setns(2): joins the namespace `fd` refers to; `kind` is its CLONE_NEW* flag, 0 for any. */
export function setns(fd: Late, kind: number): SystemCall {
  return { name: "setns", arguments: [late(fd), flags(kind, namespaceFlags)] };
}

/** unshare(2) */
export function unshare(flagBits: number): SystemCall {
  return { name: "unshare", arguments: [flags(flagBits, namespaceFlags)] };
}

/** sethostname(2); the length is counted in bytes, at most 64. */
export function sethostname(name: string): SystemCall {
  return { name: "sethostname", arguments: [string(name), integer(Buffer.byteLength(name))] };
}
