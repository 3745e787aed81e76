import type { ContainerFlags } from "../../config/flags.js";
import { isStack } from "../../model/spec/stack.js";
import { run } from "../../executor/run.js";
import { say } from "../../executor/messages/index.js";
import type { Language } from "../../model/language.js";
import { exitStatusOf } from "../exit-status.js";
import { SignalForwarder } from "../forward-signals.js";
import { createLog, createWarning } from "../log.js";
import { readDescription } from "../read-description.js";

export interface RunCommandOptions {
  readonly set?: ReadonlyMap<string, string>;
  readonly quiet?: true;
}

/**
 * `cooper run`: builds the container, runs its command to the end, and takes everything down again.
 *
 * @returns the exit status: the command's own, or 128 and the signal that ended it
 */
export async function runCommand(
  config: string | undefined,
  flags: ContainerFlags,
  { set, quiet }: RunCommandOptions,
  language: Language,
): Promise<number> {
  // From the very beginning: a signal undoes what was done so far.
  const signals = new SignalForwarder();
  const log = quiet ? undefined : createLog();
  const described = await readDescription(config, flags);
  if (isStack(described)) {
    const { runStackCommand } = await import("./run-stack.js");
    return runStackCommand(
      described,
      { ...(set === undefined ? {} : { set }), ...(quiet === undefined ? {} : { quiet }) },
      signals,
      language,
    );
  }
  try {
    const container = await run(described, {
      params: Object.fromEntries(set ?? []),
      language,
      signal: signals.building,
      onWarning: createWarning(language),
      ...(log === undefined ? {} : { onLog: log }),
    });
    signals.to(container);
    const ended = await container.wait();
    const status = signals.interruption ?? exitStatusOf(ended);
    log?.(say(language, "container-ended", { name: container.name, status: String(status) }));
    return status;
  } catch (error) {
    if (error === signals.building.reason && signals.interruption !== undefined)
      return signals.interruption;
    throw error;
  }
}
