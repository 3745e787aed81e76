import path from "node:path";
import { readOrEmpty } from "../../steps/records.js";
import type { ControlGroups } from "./control-groups.js";

export interface Limits {
  /** Number of CPUs. */
  readonly cpus: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  readonly pids: number | undefined;
}

/** The limits of a container. Source: cgroups(7), Documentation/admin-guide/cgroup-v2.rst. */
export function readLimits(groups: ControlGroups): Limits {
  return { cpus: cpuLimit(groups), memory: memoryLimit(groups), pids: pidsLimit(groups) };
}

function cpuLimit(groups: ControlGroups): number | undefined {
  const group = groups("cpu");
  if (group === undefined) return undefined;
  const read = (file: string) => readOrEmpty(path.join(group.directory, file)).trim();
  const [quota, period] =
    group.version === 2
      ? read("cpu.max").split(" ")
      : [read("cpu.cfs_quota_us"), read("cpu.cfs_period_us")];
  const cpus = Number(quota) / Number(period);
  return cpus > 0 ? cpus : undefined;
}

function memoryLimit(groups: ControlGroups): number | undefined {
  const group = groups("memory");
  if (group === undefined) return undefined;
  const file = group.version === 2 ? "memory.max" : "memory.limit_in_bytes";
  return limit(readOrEmpty(path.join(group.directory, file)));
}

function pidsLimit(groups: ControlGroups): number | undefined {
  const group = groups("pids");
  return group && limit(readOrEmpty(path.join(group.directory, "pids.max")));
}

/** v2 writes "max" for none, v1 a number of almost 2^63. */
function limit(text: string): number | undefined {
  const number = Number(text);
  return text !== "" && Number.isSafeInteger(number) ? number : undefined;
}
