import path from "node:path";
import { readOrEmpty } from "../../steps/records.js";
import type { ControlGroups } from "./control-groups.js";

/** What a container has used or uses, as far as it is known. */
export interface Usage {
  /** CPU time, in seconds. */
  readonly cpuSeconds: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  /** Processes and threads. */
  readonly pids: number | undefined;
}

/**
 * @param processes all processes of the container, if they are known
 */
export function readUsage(groups: ControlGroups, processes: readonly number[] | undefined): Usage {
  return {
    cpuSeconds: groupCpuSeconds(groups) ?? sum(processes, cpuSecondsOf),
    memory: groupMemory(groups) ?? sum(processes, memoryOf),
    pids: groupPids(groups) ?? sum(processes, threadsOf),
  };
}

function sum(
  processes: readonly number[] | undefined,
  measure: (pid: number) => number,
): number | undefined {
  return processes?.reduce((total, pid) => total + measure(pid), 0);
}

/** In v1 the controller cpuacct counts the time; in v2 every group has cpu.stat. */
function groupCpuSeconds(groups: ControlGroups): number | undefined {
  const group = groups("cpuacct");
  if (group === undefined) return undefined;
  if (group.version === 1) {
    const nanoseconds = numberIn(path.join(group.directory, "cpuacct.usage"));
    return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
  }
  const statistics = readOrEmpty(path.join(group.directory, "cpu.stat"));
  const microseconds = /^usage_usec (\d+)$/m.exec(statistics)?.[1];
  return microseconds === undefined ? undefined : Number(microseconds) / 1e6;
}

function groupMemory(groups: ControlGroups): number | undefined {
  const group = groups("memory");
  if (group === undefined) return undefined;
  const file = group.version === 2 ? "memory.current" : "memory.usage_in_bytes";
  return numberIn(path.join(group.directory, file));
}

function groupPids(groups: ControlGroups): number | undefined {
  const group = groups("pids");
  return group && numberIn(path.join(group.directory, "pids.current"));
}

/** Undefined when there is no such file: the group lacks the controller. */
function numberIn(file: string): number | undefined {
  const text = readOrEmpty(file);
  return text === "" ? undefined : Number(text);
}

/**
 * Fields 14 to 17 of /proc/PID/stat: its own time and that of its children that have ended, in hundredths of
 * a second. Source: proc(5).
 */
function cpuSecondsOf(pid: number): number {
  const statistics = readOrEmpty(`/proc/${pid}/stat`);
  const fields = statistics.slice(statistics.lastIndexOf(") ") + 2).split(" ");
  return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0) / 100;
}

/** Its own memory and its part of what it shares with others. Source: proc(5), /proc/PID/smaps_rollup. */
function memoryOf(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

function threadsOf(pid: number): number {
  return Number(/^Threads:\s+(\d+)$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0);
}
