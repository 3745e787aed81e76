import { closeRange, dup3, duplicateFrom, lastDescriptor, setCloseOnExec } from "../calls/file.js";
import { resetSignal, unblockAllSignals } from "../calls/process.js";
import { CLOSE_RANGE_CLOEXEC } from "../constants/file.js";
import { SIGPIPE, SIGXFSZ } from "../constants/process.js";
import type { Late } from "../system-call.js";
import type { StepWriter } from "./program.js";

/** Standard input, output and error of the command. */
export type StandardStreams = readonly [input: Late, output: Late, error: Late];

const ownStreams: StandardStreams = [0, 1, 2];

/**
 * Gives the command its three streams and nothing else that is open. Node marks its own descriptors
 * 0 to 2 to be closed on execve, so even those need an entry. Entries before the execution may
 * still use other descriptors: they are only closed by execve itself.
 */
export function addStreams(writer: StepWriter, streams: StandardStreams = ownStreams): void {
  // A source among 0 to 2 that is to become another stream would be overwritten before it is copied.
  const sources = streams.map((source, target) =>
    typeof source === "number" && source < 3 && source !== target
      ? writer.add(duplicateFrom(source, 3, true))
      : source,
  );
  sources.forEach((source, target) => {
    writer.add(source === target ? setCloseOnExec(target, false) : dup3(source, target));
  });
  writer.add(closeRange(3, lastDescriptor, CLOSE_RANGE_CLOEXEC));
}

/** The signals Node ignores; an ignored signal would stay so across execve. */
const ignoredByNode = [SIGPIPE, SIGXFSZ];

/**
 * Undoes what Node and the launch did to signals: dispositions first, then the mask, which the
 * launch filled so that no handler of Node's ever runs in the child. To be added last before the
 * execution.
 */
export function addSignalReset(writer: StepWriter): void {
  for (const number of ignoredByNode) writer.add(resetSignal(number));
  writer.add(unblockAllSignals());
}
