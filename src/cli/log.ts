import { say } from "../executor/messages/index.js";
import type { Warning } from "../executor/log.js";
import type { Language } from "../model/language.js";
import { errorColors } from "./colors.js";
import { warn } from "./warn.js";

/** Writes lines to standard error as a generated script does: the time, and what happens. */
export function createLog(): (line: string) => void {
  const { green, reset } = errorColors();
  return (line) => {
    const clock = new Date().toTimeString().slice(0, "HH:MM:SS".length);
    warn(`${green}[${clock}]${reset} ${line}`);
  };
}

/** Writes warnings to standard error, in the form of errors. */
export function createWarning(language: Language): (warning: Warning) => void {
  const { red, reset } = errorColors();
  const label = `${red}cooper: ${say(language, "warning")}`;
  return ({ step, code, message }) => {
    warn(`${label}[${code}] (${step})${reset}: ${message}`);
  };
}
