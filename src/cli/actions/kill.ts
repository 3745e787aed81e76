import { ContainerError } from "../../executor/container-error.js";
import { findContainer } from "../../executor/container-handle.js";
import { signalNumber } from "../../executor/signal-delivery.js";

/** `cooper kill`: sends a signal to the first process of containers. */
export function killCommand(names: readonly string[], signal: string): void {
  const number = signalNumber(signal);
  // All are there, or none gets the signal.
  for (const container of names.map(findContainer))
    if (!container.kill(number))
      throw new ContainerError("container-gone", { name: container.name });
}
