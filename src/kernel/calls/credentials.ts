/** The system calls about users, groups and capabilities. Source: credentials(7), capabilities(7). */
import { halfWords, integer, memory } from "../arguments.js";
import {
  allCapabilities,
  capabilities,
  type CapabilityName,
  capabilityMask,
} from "../constants/capabilities.js";
import { PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS } from "../constants/process.js";
import type { SystemCall } from "../system-call.js";

/** setgroups(2) */
export function setgroups(groups: readonly number[]): SystemCall {
  const text = () => `[${groups.join(", ")}]`;
  return {
    name: "setgroups",
    arguments: [integer(groups.length), memory(halfWords(...groups), text)],
  };
}

/** setresuid(2); -1 leaves one as it is. */
export function setresuid(real: number, effective: number, saved: number): SystemCall {
  return { name: "setresuid", arguments: [integer(real), integer(effective), integer(saved)] };
}

/** setresgid(2); -1 leaves one as it is. */
export function setresgid(real: number, effective: number, saved: number): SystemCall {
  return { name: "setresgid", arguments: [integer(real), integer(effective), integer(saved)] };
}

/** Capabilities by name, or as bits in the order of their numbers. */
export type CapabilitySet = readonly CapabilityName[] | bigint;

/** The three sets capset(2) sets. */
export interface CapabilitySets {
  readonly effective: CapabilitySet;
  readonly permitted: CapabilitySet;
  readonly inheritable: CapabilitySet;
}

const capabilityVersion3 = 0x20080522;

/** capset(2) for the calling thread, in version 3 of its structures. */
export function capset(sets: CapabilitySets): SystemCall {
  const masks = [sets.effective, sets.permitted, sets.inheritable].map((set) =>
    typeof set === "bigint" ? set : capabilityMask(set),
  );
  const [effective = 0n, permitted = 0n, inheritable = 0n] = masks;
  const half = (mask: bigint, index: number): number =>
    Number((mask >> BigInt(32 * index)) & 0xffffffffn);
  const data = [0, 1].flatMap((index) => masks.map((mask) => half(mask, index)));
  return {
    name: "capset",
    arguments: [
      memory(halfWords(capabilityVersion3, 0), "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}"),
      memory(
        halfWords(...data),
        `{effective=${maskText(effective)}, permitted=${maskText(permitted)}, inheritable=${maskText(inheritable)}}`,
      ),
    ],
  };
}

/** As strace prints a set: what has no name with its bit in hexadecimal. */
function maskText(mask: bigint): string {
  const parts = Object.entries(capabilities)
    .filter(([, number]) => (mask >> BigInt(number)) & 1n)
    .map(([name]) => `1<<${name}`);
  const unknown = mask & ~allCapabilities;
  if (unknown !== 0n) parts.push(`0x${unknown.toString(16)}`);
  return parts.length === 0 ? "0" : parts.join("|");
}

/** prctl(2) PR_CAPBSET_DROP: takes a capability, by its number, out of the bounding set. */
export function dropFromBoundingSet(capability: number): SystemCall {
  return {
    name: "prctl",
    arguments: [
      integer(PR_CAPBSET_DROP, "PR_CAPBSET_DROP"),
      integer(
        capability,
        Object.entries(capabilities).find(([, number]) => number === capability)?.[0] ??
          `0x${capability.toString(16)} /* CAP_??? */`,
      ),
    ],
  };
}

/** prctl(2) PR_SET_NO_NEW_PRIVS: set-user-ID programs and file capabilities no longer count. */
export function setNoNewPrivileges(): SystemCall {
  return {
    name: "prctl",
    arguments: [
      integer(PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS"),
      integer(1),
      integer(0),
      integer(0),
      integer(0),
    ],
  };
}
