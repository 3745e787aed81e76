import { CommanderError } from "commander";
import { printable } from "../model/printable.js";
import { ContainerError } from "../executor/container-error.js";
import { say } from "../executor/messages/index.js";
import type { LeftBehindError } from "../executor/left-behind-error.js";
import type { StepError } from "../executor/step-error.js";
import { CooperError, describe } from "../model/errors.js";
import { HostProblem } from "../steps/host.js";
import type { Language } from "../model/language.js";
import { errorColors } from "./colors.js";
import { CommandError } from "./command-error.js";
import { buildFailure, exitStatusOf } from "./exit-status.js";
import { message } from "./messages/index.js";
import { usageError } from "./usage-error.js";
import { warn } from "./warn.js";

/**
 * Tells on standard error what went wrong.
 *
 * @param forCommand whether the exit status is otherwise that of a command in a container
 * @returns the exit status: 1, or 70 (EX_SOFTWARE) for a bug; for a command in a container its own, 125 instead of
 *   both, or what the step says
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
  if (isLeftBehindError(error)) return exitStatusOf(error.status);
  return forCommand ? buildFailure : isKnown(error) ? 1 : 70;
}

interface Told {
  readonly code?: string;
  readonly step?: string;
  readonly text: string;
}

// Without loading their classes, and with these all of the kernel layer, for commands that never need it.
const isStepError = (error: unknown): error is StepError =>
  error instanceof Error && error.name === "StepError";
const isLeftBehindError = (error: unknown): error is LeftBehindError =>
  error instanceof Error && error.name === "LeftBehindError";

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
  const leftBehind = (text: string) => ({ code: "left-behind", text });
  if (isStepError(error)) {
    const { code, step } = error;
    const left = error.explainLeftBehind(language).map((text) => ({ ...leftBehind(text), step }));
    return [{ code, step, text: error.explain(language) }, ...left];
  }
  if (isLeftBehindError(error)) return error.explainLeftBehind(language).map(leftBehind);
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [{ text: message(language, "internal", { reason }) }];
}
