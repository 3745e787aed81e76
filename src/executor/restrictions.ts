import { readFileSync } from "node:fs";
import { openat, umask, write } from "../kernel/calls/file.js";
import {
  setgroups,
  setNoNewPrivileges,
  setresgid,
  setresuid,
} from "../kernel/calls/credentials.js";
import { setResourceLimit } from "../kernel/calls/process.js";
import { capabilities } from "../kernel/constants/capabilities.js";
import { AT_FDCWD, O_CLOEXEC, O_WRONLY } from "../kernel/constants/file.js";
import type { ResourceLimit } from "../kernel/constants/process.js";
import type { StepWriter } from "../kernel/program/program.js";
import { addCapabilityBounds, type HeldCapabilities } from "../kernel/program/restrict.js";
import type { ResourceLimitValues } from "../steps/host.js";
import { heldCapabilities } from "./held-capabilities.js";
import { capabilityBits, readKeyValues, required } from "./observe/proc.js";
import type { ObservedIdMapping, ObservedUserNamespace } from "./observe/user-namespace.js";
import { limitsToJoin } from "./process-limits.js";

/**
 * Who a process is and what it may not do: what a process that joins it has to be, too. Users and groups are those
 * of its user namespace.
 */
export interface Restrictions {
  readonly user: { readonly uid: number; readonly gid: number };
  /** Undefined where its user namespace lets nobody set them. */
  readonly groups: readonly number[] | undefined;
  readonly umask: number;
  readonly bounding: bigint;
  readonly noNewPrivileges: boolean;
  /** Those that differ from this process's own. */
  readonly limits: ReadonlyMap<ResourceLimit, ResourceLimitValues>;
  /** Undefined where it is this process's own. */
  readonly oomScoreAdj: number | undefined;
}

/**
 * Source: proc(5), /proc/PID/status and its neighbours.
 *
 * @param namespace its user namespace, where it is not this process's own
 * @throws NodeJS.ErrnoException ENOENT or ESRCH when there is no such process (any more)
 */
export function restrictionsOf(
  pid: number,
  namespace: ObservedUserNamespace | undefined,
): Restrictions {
  const status = readKeyValues(`/proc/${pid}/status`);
  const field = (name: string) => required(status.get(name), name);
  const numbers = (name: string) => field(name).split(/\s+/).filter(Boolean).map(Number);
  const { permitted } = heldCapabilities();
  const mayRaise = ((permitted >> BigInt(capabilities.CAP_SYS_RESOURCE)) & 1n) === 1n;
  const score = oomScoreAdjOf(pid);
  // The second of four, real, effective, saved and file system, is what permissions go by.
  const [uid = 0, gid = 0] = [numbers("Uid")[1], numbers("Gid")[1]];
  return {
    user: {
      uid: idInside(namespace?.uidMappings, uid),
      gid: idInside(namespace?.gidMappings, gid),
    },
    groups:
      namespace?.setgroups === "deny"
        ? undefined
        : numbers("Groups").map((group) => idInside(namespace?.gidMappings, group)),
    umask: Number.parseInt(field("Umask"), 8),
    bounding: capabilityBits(status, "CapBnd"),
    noNewPrivileges: field("NoNewPrivs") === "1",
    limits: limitsToJoin(pid, mayRaise),
    oomScoreAdj: score === oomScoreAdjOf("self") ? undefined : score,
  };
}

/** What an id that this process knows is in a user namespace, where that is another one. */
function idInside(mappings: readonly ObservedIdMapping[] | undefined, id: number): number {
  if (mappings === undefined) return id;
  const found = mappings.find(({ hostID, size }) => id >= hostID && id < hostID + size);
  if (found === undefined) throw new RangeError(`the user namespace has no id for ${id}`);
  return found.containerID + id - found.hostID;
}

const oomScoreAdjOf = (pid: number | "self") =>
  Number(readFileSync(`/proc/${pid}/oom_score_adj`, "utf8"));

/** Takes over what has to be while the process still sees the host's /proc and has its rights on the host. */
export function addHostRestrictions(
  writer: StepWriter,
  { limits, oomScoreAdj }: Restrictions,
): void {
  for (const [name, { soft, hard }] of limits) writer.add(setResourceLimit(name, soft, hard));
  if (oomScoreAdj === undefined) return;
  const file = writer.add(openat(AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  // Lowering it may not be allowed; then the process is killed sooner than the container.
  writer.add(write(file, String(oomScoreAdj)), { ignore: ["EACCES"] });
}

/**
 * Takes over the rest, as late as possible.
 * @param held what the process has by now: in a user namespace that it has joined, everything
 */
export function addRestrictions(
  writer: StepWriter,
  { bounding, user, groups, noNewPrivileges, ...restrictions }: Restrictions,
  held: HeldCapabilities,
): void {
  addCapabilityBounds(writer, held, bounding);
  if (groups !== undefined) writer.add(setgroups(groups));
  writer.add(setresgid(user.gid, user.gid, user.gid));
  writer.add(setresuid(user.uid, user.uid, user.uid));
  if (noNewPrivileges) writer.add(setNoNewPrivileges());
  writer.add(umask(restrictions.umask));
}
