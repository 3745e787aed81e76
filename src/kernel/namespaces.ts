/**
 * The network namespace of the calling thread. JavaScript runs on one thread of several: what is switched here
 * is switched back before anything else of this process can run.
 */
import { closeSync, openSync } from "node:fs";
import { setns } from "./calls/namespace.js";
import { CLONE_NEWNET } from "./constants/clone.js";
import { performSystemCall } from "./libc.js";

/**
 * Runs `body` with this thread inside another network namespace. A socket opened there stays there.
 * @param fd a descriptor of the namespace, as of /run/netns/NAME or /proc/PID/ns/net
 * @throws TypeError when `body` returns a promise: the rest of it would run in the old namespace
 * @throws SystemCallError when the namespace cannot be joined; source: setns(2)
 */
export function withNetworkNamespace<Result>(fd: number, body: () => Result): Result {
  const back = openSync("/proc/thread-self/ns/net", "r");
  try {
    performSystemCall(setns(fd, CLONE_NEWNET));
    try {
      const result = body();
      if (result instanceof Promise)
        throw new TypeError("what runs in another namespace must be over when it returns");
      return result;
    } finally {
      performSystemCall(setns(back, CLONE_NEWNET));
    }
  } finally {
    closeSync(back);
  }
}
