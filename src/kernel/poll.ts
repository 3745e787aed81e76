import { loadKoffi } from "./libc.js";

/** Waits for a descriptor to become readable, once, through Node's event loop and without a thread. */
export interface ReadableWatch {
  /** Whether the wait keeps the process alive; at first it does not. */
  keepAlive(keep: boolean): void;
  /** Stops waiting; the callback is not called any more. */
  stop(): void;
}

const active = new Set<ReadableWatch>();
let closesAtExit = false;

/**
 * When the process ends by itself, Node runs its event loop once more to close what is open, but
 * JavaScript cannot be called any more: a koffi handle that is still waiting then, and whose
 * descriptor is readable, crashes it. So all are closed before.
 */
function stopAll(): void {
  for (const watch of active) watch.stop();
}

/**
 * Calls `callback` once when `fd` is readable, which for a pidfd means that the process has ended,
 * and for a pipe also that its other end is closed. The descriptor must stay open until then.
 */
export function watchReadable(fd: number, callback: () => void): ReadableWatch {
  const handle = loadKoffi().node.poll(fd, { readable: true, disconnect: true }, () => {
    watch.stop();
    // koffi drops an exception thrown here, and a promise would stay open for ever. An immediate runs
    // in the same turn of the event loop, as a callback like any other.
    setImmediate(callback);
  });
  handle.unref();
  const watch: ReadableWatch = {
    keepAlive: (keep) => {
      if (!active.has(watch)) return;
      if (keep) handle.ref();
      else handle.unref();
    },
    stop: () => {
      active.delete(watch);
      handle.close();
    },
  };
  if (!closesAtExit) process.on("exit", stopAll);
  closesAtExit = true;
  active.add(watch);
  return watch;
}
