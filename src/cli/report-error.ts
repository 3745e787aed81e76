import { CommanderError } from "commander";
import { printable } from "../model/printable.js";
import { ContainerError } from "../executor/container-error.js";
import { say } from "../executor/messages/index.js";
import type { StepError } from "../executor/step-error.js";
import { CooperError, describe } from "../model/errors.js";
import { HostProblem } from "../steps/host.js";
import type { Language } from "../model/language.js";
import { errorColors } from "./colors.js";
import { CommandError } from "./command-error.js";
import { buildFailure } from "./exit-status.js";
import { message } from "./messages/index.js";
import { usageError } from "./usage-error.js";
import { warn } from "./warn.js";

/**
 * Tells on standard error what went wrong.
 *
 * @param forCommand whether the exit status is otherwise that of a command in a container
 * @returns the exit status: 1, or 70 (EX_SOFTWARE) for a bug; 125 instead of both, or what the step says, for
 *   a command in a container
 */
export function reportError(error: unknown, language: Language, forCommand = false): number {
  if (error instanceof CommanderError && usageError(error, language) === undefined)
    return error.exitCode;
  const { red, reset } = errorColors();
  const label = `${red}cooper: ${message(language, "error")}`;
  for (const { code, step, text } of problemsOf(error, language)) {
    const place = `${code === undefined ? "" : `[${code}]`}${step === undefined ? "" : ` (${step})`}`;
    warn(`${label}${place}${reset}: ${printable(text)}`);
  }
  if (isStepError(error)) return error.exitCode;
  return forCommand ? buildFailure : isKnown(error) ? 1 : 70;
}

interface Told {
  readonly code?: string;
  readonly step?: string;
  readonly text: string;
}

/** Without loading its class, and with it all of the kernel layer, for commands that never need it. */
const isStepError = (error: unknown): error is StepError =>
  error instanceof Error && error.name === "StepError";

const isKnown = (error: unknown) =>
  error instanceof CooperError ||
  error instanceof CommandError ||
  error instanceof ContainerError ||
  error instanceof HostProblem ||
  error instanceof CommanderError;

function problemsOf(error: unknown, language: Language): Told[] {
  if (error instanceof CooperError)
    return error.problems.map((each) => ({ code: each.code, text: describe(each, language) }));
  if (error instanceof CommandError)
    return [{ code: error.key, text: message(language, error.key, error.values) }];
  if (error instanceof HostProblem)
    return [{ code: error.code, text: say(language, error.code, error.values) }];
  if (error instanceof ContainerError)
    return [{ code: error.code, text: error.describe(language) }];
  if (error instanceof CommanderError) {
    const found = usageError(error, language);
    return found === undefined ? [] : [{ code: found.key, text: found.text }];
  }
  if (isStepError(error)) {
    const { code, step, leftBehind } = error;
    return [
      { code, step, text: error.explain(language) },
      ...leftBehind.map((each) => ({ code: "left-behind", step, text: each.message })),
    ];
  }
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.map((each) => ({ code: "left-behind", text: String(each) }));
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [{ text: message(language, "internal", { reason }) }];
}
