import type { HeldCapabilities } from "../kernel/program/restrict.js";
import { capabilityBits, readKeyValues } from "./observe/proc.js";

let held: HeldCapabilities | undefined;

/**
 * What this process may do, and so what it can leave to a container. Read once: what Node can change of it, it
 * changes by giving up root, which {@link preflight} looks for each time.
 */
export function heldCapabilities(): HeldCapabilities {
  held ??= readCapabilities();
  return held;
}

function readCapabilities(): HeldCapabilities {
  const status = readKeyValues("/proc/self/status");
  return {
    bounding: capabilityBits(status, "CapBnd"),
    permitted: capabilityBits(status, "CapPrm"),
  };
}
