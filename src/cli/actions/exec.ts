import { findContainer } from "../../executor/container-handle.js";
import { exitStatusOf } from "../exit-status.js";
import { SignalForwarder } from "../forward-signals.js";

/**
 * `cooper exec`: runs a command in a container that runs already.
 *
 * @returns the exit status: the command's own, or 128 and the signal that ended it
 */
export async function execCommand(
  name: string,
  command: readonly string[] | undefined,
): Promise<number> {
  const signals = new SignalForwarder();
  const started = await findContainer(name).exec(command ?? []);
  signals.to(started);
  return signals.interruption ?? exitStatusOf(await started.wait());
}
