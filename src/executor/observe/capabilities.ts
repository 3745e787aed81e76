import { capabilities, type CapabilityName } from "../../kernel/constants/capabilities.js";
import { capabilityBits } from "./proc.js";

/** The sets of capabilities(7). */
export interface ObservedCapabilities {
  readonly bounding: CapabilitySet;
  readonly effective: CapabilitySet;
  readonly permitted: CapabilitySet;
  readonly inheritable: CapabilitySet;
  readonly ambient: CapabilitySet;
}

/**
 * "all" is at least what the observer itself may ever have: which capabilities there are is up to the kernel,
 * and a host that is itself a container gives not all of them away.
 */
export type CapabilitySet = "all" | readonly CapabilityName[];

const fields = {
  bounding: "CapBnd",
  effective: "CapEff",
  permitted: "CapPrm",
  inheritable: "CapInh",
  ambient: "CapAmb",
} as const;

/** @param status of the container, @param own of the observer: /proc/PID/status */
export function observeCapabilities(
  status: ReadonlyMap<string, string>,
  own: ReadonlyMap<string, string>,
): ObservedCapabilities {
  const all = capabilityBits(own, "CapBnd");
  const names = Object.keys(capabilities) as CapabilityName[];
  const set = (field: string): CapabilitySet => {
    const bits = capabilityBits(status, field);
    // A user namespace begins with every capability there is, the observer's and more.
    if ((bits & all) === all) return "all";
    return names.filter((name) => (bits >> BigInt(capabilities[name])) & 1n);
  };
  return {
    bounding: set(fields.bounding),
    effective: set(fields.effective),
    permitted: set(fields.permitted),
    inheritable: set(fields.inheritable),
    ambient: set(fields.ambient),
  };
}
