import type { HeldCapabilities } from "../kernel/program/restrict.js";
import { capabilityBits, readKeyValues } from "./observe/proc.js";

/** What this process may do, and so what it can leave to a container. */
export function heldCapabilities(): HeldCapabilities {
  const status = readKeyValues("/proc/self/status");
  return {
    bounding: capabilityBits(status, "CapBnd"),
    permitted: capabilityBits(status, "CapPrm"),
  };
}
