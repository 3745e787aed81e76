import { readFileSync } from "node:fs";
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
  /** Bytes read from block devices and written to them since the start. */
  readonly blockIO: Transferred | undefined;
}

export interface Transferred {
  readonly read: number;
  readonly written: number;
}

/**
 * @param processes all processes of the container, if they are known
 */
export function readUsage(groups: ControlGroups, processes: readonly number[] | undefined): Usage {
  return {
    cpuSeconds: groupCpuSeconds(groups) ?? sum(processes, cpuSecondsOf),
    memory: groupMemory(groups) ?? sum(processes, memoryOf),
    pids: groupPids(groups) ?? sum(processes, threadsOf),
    blockIO: blockIO(groups, processes),
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

/**
 * v1 counts for a group only disks that have had a limit, and what the kernel writes later from memory for nobody;
 * a process is charged for both, but forgotten when it has ended and nobody has waited for it. The larger number is
 * the nearer one.
 */
function blockIO(
  groups: ControlGroups,
  processes: readonly number[] | undefined,
): Transferred | undefined {
  const group = groupBlockIO(groups);
  if (group !== undefined && groups("blkio")?.version === 2) return group;
  const own = total(processes?.map(transferredBy));
  if (group === undefined || own === undefined) return group ?? own;
  return { read: Math.max(group.read, own.read), written: Math.max(group.written, own.written) };
}

/**
 * In v1 lines such as `8:0 Read 4096`, for each device and at the end for all; in v2 `8:0 rbytes=4096 wbytes=0`
 * and more. v1 counts with what throttles: the other files are an I/O scheduler's, which need not be in use.
 */
function groupBlockIO(groups: ControlGroups): Transferred | undefined {
  const group = groups("blkio");
  if (group === undefined) return undefined;
  const [file, read, written] =
    group.version === 2
      ? (["io.stat", /\brbytes=(\d+)/, /\bwbytes=(\d+)/] as const)
      : (["blkio.throttle.io_service_bytes", / Read (\d+)$/, / Write (\d+)$/] as const);
  let text: string;
  try {
    text = readFileSync(path.join(group.directory, file), "utf8");
  } catch {
    return undefined;
  }
  const lines = text.split("\n").map((line) => ({
    read: Number(read.exec(line)?.[1] ?? 0),
    written: Number(written.exec(line)?.[1] ?? 0),
  }));
  return total(lines);
}

function total(parts: readonly Transferred[] | undefined): Transferred | undefined {
  return parts?.reduce(
    (sofar, { read, written }) => ({ read: sofar.read + read, written: sofar.written + written }),
    { read: 0, written: 0 },
  );
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

/** Source: proc(5), /proc/PID/io. */
function transferredBy(pid: number): Transferred {
  const text = readOrEmpty(`/proc/${pid}/io`);
  const bytes = (field: RegExp) => Number(field.exec(text)?.[1] ?? 0);
  return { read: bytes(/^read_bytes: (\d+)$/m), written: bytes(/^write_bytes: (\d+)$/m) };
}

function threadsOf(pid: number): number {
  return Number(/^Threads:\s+(\d+)$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0);
}
