import { capset, dropFromBoundingSet } from "../calls/credentials.js";
import { allCapabilities } from "../constants/capabilities.js";
import type { StepWriter } from "./program.js";

/** Sets of capabilities(7) as bits, in the order of their numbers. */
export interface HeldCapabilities {
  readonly bounding: bigint;
  readonly permitted: bigint;
}

/**
 * Takes everything but `kept` out of the bounding set: executing a command then leaves root with what is kept and
 * anybody else with nothing. Until then the process has what it needs to go on. The inheritable set is emptied,
 * and the ambient set with it.
 *
 * @param held what its launcher has
 */
export function addCapabilityBounds(
  writer: StepWriter,
  held: HeldCapabilities,
  kept: bigint,
): void {
  // A user namespace of its own would give a process even those that its launcher does not have.
  const dropped = (held.bounding | allCapabilities) & ~kept;
  for (let number = 0; dropped >> BigInt(number) !== 0n; number += 1)
    if ((dropped >> BigInt(number)) & 1n) writer.add(dropFromBoundingSet(number));
  writer.add(capset({ effective: held.permitted, permitted: held.permitted, inheritable: 0n }));
}
