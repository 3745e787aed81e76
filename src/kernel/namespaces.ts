/**
 * Namespaces of the calling thread. JavaScript runs on one thread of several: what is switched here
 * is switched back before anything else of this process can run.
 */
import { closeSync, openSync } from "node:fs";
import { setns } from "./calls/namespace.js";
import { CLONE_NEWNET, CLONE_NEWPID } from "./constants/clone.js";
import { performSystemCall } from "./libc.js";

function withNamespace<Result>(fd: number, kind: number, own: string, body: () => Result): Result {
  const back = openSync(own, "r");
  try {
    performSystemCall(setns(fd, kind));
    try {
      const result = body();
      if (result instanceof Promise)
        throw new TypeError("what runs in another namespace must be over when it returns");
      return result;
    } finally {
      performSystemCall(setns(back, kind));
    }
  } finally {
    closeSync(back);
  }
}

/**
 * Runs `body` with this thread inside another network namespace. A socket opened there stays there.
 * @param fd a descriptor of the namespace, as of /run/netns/NAME or /proc/PID/ns/net
 * @throws TypeError when `body` returns a promise: the rest of it would run in the old namespace
 * @throws SystemCallError when the namespace cannot be joined; source: setns(2)
 */
export function withNetworkNamespace<Result>(fd: number, body: () => Result): Result {
  return withNamespace(fd, CLONE_NEWNET, "/proc/thread-self/ns/net", body);
}

/**
 * Runs `body` so that children it makes are born inside another pid namespace; this process itself
 * stays where it is. Nothing may start a thread in `body`: Node aborts when that fails, which it
 * does in such a moment. A launch and synchronous file calls are fine.
 * @param fd a descriptor of the namespace, as of /proc/PID/ns/pid
 * @throws SystemCallError when the namespace cannot be joined; source: setns(2)
 */
export function withPidNamespace<Result>(fd: number, body: () => Result): Result {
  return withNamespace(fd, CLONE_NEWPID, "/proc/self/ns/pid", body);
}
