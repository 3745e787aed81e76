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
