import { HostProblem } from "../steps/host.js";
import { recordedHooks } from "../steps/hook-record.js";
import type { ContainerRecord } from "./container-records.js";
import type { Log } from "./log.js";
import { openFilesAtStart } from "./process-limits.js";
import { runHook } from "./run-hook.js";

/**
 * What the launcher of a dead container would have run at its end. To be called while the record is still there; the
 * function it returns runs the hooks, once everything is gone.
 */
export function takeHooks({ name, directory }: ContainerRecord, log: Log): () => Promise<void> {
  const hooks = recordedHooks(directory);
  return async () => {
    for (const args of hooks) {
      const host = { name, directory, process: undefined, openFiles: openFilesAtStart() };
      const status = await runHook(host, args, "stopped", "host");
      if (status === 0) continue;
      const values = { hook: "poststop", path: args[0], status: String(status) };
      log.warn("poststop", new HostProblem("hook-failed", values));
    }
  };
}
