import { writeSync } from "node:fs";
import { textWidth } from "../model/text-width.js";
import { isTerminal } from "./is-terminal.js";

/** A line on the terminal that is replaced by the next one. Without a terminal there is none. */
export interface StatusLine {
  /** @param topic what it tells about: more of the same is not shown more often than anyone can read */
  readonly show: (text: string, topic: string) => void;
  readonly clear: () => void;
}

/** Between two lines about the same, in milliseconds. */
const interval = 60;

/** @param quiet whether there is no such line even on a terminal */
export function createStatusLine(quiet = false): StatusLine {
  if (quiet || !isTerminal(2)) return { show: () => undefined, clear: () => undefined };
  let last = { topic: "", time: 0 };
  return {
    show: (text, topic) => {
      const time = Date.now();
      if (topic === last.topic && time - last.time < interval) return;
      last = { topic, time };
      // One line can be replaced, so it must not be wider than the terminal.
      replaceLine(fit(text, process.stderr.columns || 80));
    },
    clear: () => {
      if (last.time > 0) replaceLine("");
    },
  };
}

/** Carriage return, and ECMA-48 EL: erase to the end of the line. */
function replaceLine(text: string): void {
  try {
    writeSync(2, `\r\u001b[K${text}`);
  } catch {
    // Nobody is left to see it, or the terminal is busy; the next line will do.
  }
}

/** As much of a text as fits, without control characters. */
function fit(text: string, columns: number): string {
  let fitting = "";
  for (const character of text.replace(/\p{C}/gu, " "))
    if (textWidth(fitting + character) < columns) fitting += character;
    else break;
  return fitting;
}
