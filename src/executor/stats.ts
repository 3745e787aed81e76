import { setTimeout } from "node:timers/promises";
import { controlGroups } from "./stats/control-groups.js";
import { readLimits } from "./stats/limits.js";
import { processesOf } from "./stats/processes.js";
import { readUsage, type Usage } from "./stats/usage.js";
import { startTime } from "../steps/records.js";

/** How the use of resources is measured. */
export interface StatsOptions {
  /**
   * Milliseconds over which the use of the CPU is measured; default 200. With 0 it is the average since the
   * container was started.
   */
  readonly interval?: number;
}

/** What a container uses. What cannot be found out is undefined. */
export interface ContainerStats {
  readonly cpu: {
    /** CPU time used since the start, in seconds, of all processes together. */
    readonly time: number | undefined;
    /** How many CPUs were busy, on average over the interval: 0.5 is half of one. */
    readonly used: number | undefined;
    /** How many it may keep busy; undefined without a limit. */
    readonly limit: number | undefined;
    /** `used` as a part of `limit`, from 0 to 1; a little more where the kernel's clocks differ. */
    readonly share: number | undefined;
  };
  readonly memory: {
    /** Bytes, as the limit counts them: with the files that are kept in memory. */
    readonly used: number | undefined;
    /** Bytes; undefined without a limit. */
    readonly limit: number | undefined;
    /** `used` as a part of `limit`, from 0 to 1. */
    readonly share: number | undefined;
  };
  readonly pids: {
    /** Processes and threads. */
    readonly used: number | undefined;
    readonly limit: number | undefined;
    /** `used` as a part of `limit`, from 0 to 1. */
    readonly share: number | undefined;
  };
  readonly blockIO: {
    /** Bytes read from block devices since the start: what came from the page cache is not among them. */
    readonly read: number | undefined;
    /** Bytes written to them. */
    readonly written: number | undefined;
  };
}

/**
 * What a container uses, from its cgroups (v1 or v2), and where it has none for something, from /proc of its
 * processes. CPU time from /proc is counted in hundredths of a second, so a short interval is coarse there.
 */
export async function readStats(
  name: string,
  pid: number,
  { interval = 200 }: StatsOptions,
): Promise<ContainerStats> {
  const groups = controlGroups(name, pid);
  const sample = () => readUsage(groups, processesOf(pid, groups));
  const first = interval > 0 ? sample() : undefined;
  const begin = process.hrtime.bigint();
  if (interval > 0) await setTimeout(interval);
  const usage = sample();
  const seconds =
    interval > 0 ? Number(process.hrtime.bigint() - begin) / 1e9 : secondsSinceStart(pid);
  const used = rate(first, usage, seconds);
  const limits = readLimits(groups);
  return {
    cpu: {
      time: usage.cpuSeconds,
      used,
      limit: limits.cpus,
      share: part(used, limits.cpus),
    },
    memory: {
      used: usage.memory,
      limit: limits.memory,
      share: part(usage.memory, limits.memory),
    },
    pids: { used: usage.pids, limit: limits.pids, share: part(usage.pids, limits.pids) },
    blockIO: { read: usage.blockIO?.read, written: usage.blockIO?.written },
  };
}

function rate(first: Usage | undefined, last: Usage, seconds: number): number | undefined {
  if (last.cpuSeconds === undefined || seconds <= 0) return undefined;
  // The time of a process that ended meanwhile is its parent's; what is lost on the way is no less than none.
  return Math.max(0, last.cpuSeconds - (first?.cpuSeconds ?? 0)) / seconds;
}

const part = (used: number | undefined, limit: number | undefined) =>
  used === undefined || limit === undefined ? undefined : used / limit;

/** The kernel counts both since boot: process starts in hundredths of a second. Source: proc(5). */
function secondsSinceStart(pid: number): number {
  const now = Number(process.hrtime.bigint()) / 1e9;
  return now - Number(startTime(pid)) / 100;
}
