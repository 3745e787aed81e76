import { readFileSync } from "node:fs";
import path from "node:path";
import { findCase } from "../cases.js";
import type { Observations } from "./lesson.js";

/** What was observed of a lesson's experiments; made by scripts/golden and checked by a test. */
export function readObservations(name: string): Observations {
  const found = findCase(name);
  if (found === undefined) throw new RangeError(`there is no case ${name}`);
  return JSON.parse(
    readFileSync(path.join(found.directory, "lesson.json"), "utf8"),
  ) as Observations;
}
