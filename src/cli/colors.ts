import { isTerminal } from "./is-terminal.js";

export interface Colors {
  readonly green: string;
  readonly red: string;
  readonly reset: string;
}

/** Colours for standard error: only on a terminal, and never with NO_COLOR; see no-color.org. */
export function errorColors(): Colors {
  return isTerminal(2) && !process.env["NO_COLOR"]
    ? { green: "\u001b[32m", red: "\u001b[31m", reset: "\u001b[0m" }
    : { green: "", red: "", reset: "" };
}
