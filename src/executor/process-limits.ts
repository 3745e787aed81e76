import { readFileSync } from "node:fs";
import { resourceLimits, type ResourceLimit } from "../kernel/constants/process.js";
import type { ResourceLimitValues } from "../steps/host.js";

const names = Object.keys(resourceLimits) as ResourceLimit[];

/**
 * The resource limits of a process. Source: proc(5), /proc/PID/limits, whose lines are in the order of the limits'
 * numbers: a name in 25 columns, then the soft and the hard limit.
 *
 * @throws NodeJS.ErrnoException ENOENT or ESRCH when there is no such process (any more)
 */
function limitsOf(pid: number | "self"): ReadonlyMap<ResourceLimit, ResourceLimitValues> {
  const lines = readFileSync(`/proc/${pid}/limits`, "utf8").split("\n").slice(1);
  return new Map(
    names.map((name, index) => {
      const [soft = "", hard = ""] = (lines[index] ?? "").slice(25).trim().split(/\s+/);
      return [name, { soft: parseLimit(soft), hard: parseLimit(hard) }];
    }),
  );
}

const parseLimit = (text: string) => (/^\d+$/.test(text) ? BigInt(text) : null);

/** Whether one limit is below another. */
const isBelow = (left: bigint | null, right: bigint | null) =>
  left !== null && (right === null || left < right);

/**
 * The limit of open files that this process was started with, where Node has raised the soft one to the hard one:
 * what it starts must not inherit that. It is not kept anywhere, but whoever started this process has it still;
 * found out once, because that may change its own.
 */
export function openFilesAtStart(): ResourceLimitValues | undefined {
  atStart ??= { limit: findOpenFilesAtStart() };
  return atStart.limit;
}

let atStart: { readonly limit: ResourceLimitValues | undefined } | undefined;

function findOpenFilesAtStart(): ResourceLimitValues | undefined {
  const own = limitsOf("self").get("RLIMIT_NOFILE");
  const parent = parentLimits()?.get("RLIMIT_NOFILE");
  const raised =
    own !== undefined &&
    parent !== undefined &&
    own.soft === own.hard &&
    own.hard === parent.hard &&
    isBelow(parent.soft, own.soft);
  return raised ? parent : undefined;
}

function parentLimits() {
  try {
    return limitsOf(process.ppid);
  } catch {
    // It has ended, or lives in another pid namespace.
    return undefined;
  }
}

/**
 * The limits of another process that differ from one's own, as far as they can be had: without
 * CAP_SYS_RESOURCE nobody raises a hard limit.
 */
export function limitsToJoin(
  pid: number,
  mayRaise: boolean,
): ReadonlyMap<ResourceLimit, ResourceLimitValues> {
  const own = limitsOf("self");
  const joined = [...limitsOf(pid)].map(
    ([name, { soft, hard }]): [ResourceLimit, ResourceLimitValues] => {
      const most = own.get(name)?.hard ?? null;
      const within = (limit: bigint | null) => (!mayRaise && isBelow(most, limit) ? most : limit);
      return [name, { soft: within(soft), hard: within(hard) }];
    },
  );
  return new Map(
    joined.filter(
      ([name, { soft, hard }]) => own.get(name)?.soft !== soft || own.get(name)?.hard !== hard,
    ),
  );
}
