import { readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { readOrEmpty } from "../../steps/records.js";
import type { ControlGroups } from "./control-groups.js";

/**
 * The processes of a container: those in its pid namespace, else those in one of its groups. Undefined when
 * it has neither, for then nothing tells them from others.
 */
export function processesOf(pid: number, groups: ControlGroups): readonly number[] | undefined {
  const namespace = namespaceOf(pid);
  if (namespace !== namespaceOf("self"))
    return readdirSync("/proc")
      .filter((each) => /^\d+$/.test(each))
      .map(Number)
      .filter((each) => namespaceOf(each) === namespace);
  const group = groups("cpu") ?? groups("memory") ?? groups("pids") ?? groups("blkio");
  return (
    group &&
    readOrEmpty(path.join(group.directory, "cgroup.procs")).split("\n").filter(Boolean).map(Number)
  );
}

/** Undefined when the process has ended. */
function namespaceOf(pid: number | "self"): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}
