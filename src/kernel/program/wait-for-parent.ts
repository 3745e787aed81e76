import { close, read, write } from "../calls/file.js";
import { placeholder } from "../system-call.js";
import type { StepWriter } from "./program.js";

/** The placeholders that a launch in waiting mode fills in by itself. */
export const parentPipe = {
  read: "parentRead",
  write: "parentWrite",
  arrival: "parentArrival",
} as const;

/** What the child sends when it waits, and the parent when the child may go on. */
export const goAhead = Uint8Array.of(0x0a);

/**
 * Tells the parent that the child has come this far ({@link LaunchedProcess.arrived}) and stops it until
 * {@link LaunchedProcess.release}; only for waiting mode. The child's own copy of the end to write is closed
 * first: when the parent dies, the read returns 0 bytes and the launch fails, so a half-built container never
 * goes on alone.
 *
 * @param again whether the child has waited before
 */
export function addWaitForParent(writer: StepWriter, again = false): void {
  if (!again) writer.add(close(placeholder(parentPipe.write)));
  writer.add(write(placeholder(parentPipe.arrival), goAhead));
  writer.add(read(placeholder(parentPipe.read), goAhead), { minimum: goAhead.length });
}
