import { say } from "../../executor/messages/index.js";
import { runStack, type RunningStack } from "../../executor/run-stack.js";
import type { Language } from "../../model/language.js";
import type { Stack } from "../../model/spec/stack.js";
import { exitStatusOf } from "../exit-status.js";
import type { SignalForwarder } from "../forward-signals.js";
import { createLog, createWarning } from "../log.js";
import { reportError } from "../report-error.js";
import type { RunCommandOptions } from "./run.js";

/**
 * `cooper run` of a stack: its containers start in order, and all are waited for.
 *
 * @returns the exit status: that of the first container, in the order of the stack, that did not end with 0
 */
export async function runStackCommand(
  stack: Stack,
  { set, quiet }: RunCommandOptions,
  signals: SignalForwarder,
  language: Language,
): Promise<number> {
  const log = quiet ? undefined : createLog();
  let running: RunningStack;
  try {
    running = await runStack(stack, {
      params: Object.fromEntries(set ?? []),
      language,
      signal: signals.building,
      stdio: "output",
      onWarning: createWarning(language),
      ...(log === undefined ? {} : { onLog: log }),
    });
  } catch (error) {
    if (error === signals.building.reason && signals.interruption !== undefined)
      return signals.interruption;
    throw error;
  }
  signals.to(...running.containers);
  const outcomes = await running.wait();
  const statuses = [...outcomes].map(([name, outcome]) => {
    if (outcome instanceof Error) return reportError(outcome, language, true);
    const status = exitStatusOf(outcome);
    log?.(say(language, "container-ended", { name, status: String(status) }));
    return status;
  });
  return signals.interruption ?? statuses.find((status) => status !== 0) ?? 0;
}
