import type { Language } from "../../model/language.js";
import { nearest } from "../../model/nearest.js";
import { formatExplanation } from "../../teach/explain.js";
import { read } from "../../teach/reading.js";
import { CommandError } from "../command-error.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { readCaseOrConfig } from "../read-case.js";

/** `cooper explain`: a guided reading of a plan, or of one step of it, named by its id or its kind. */
export async function explainCommand(
  config: string,
  wanted: string | undefined,
  assignments: ReadonlyMap<string, string> | undefined,
  language: Language,
): Promise<void> {
  const { steps } = read(await readCaseOrConfig(config, {}, assignments), language);
  const chosen = steps.filter(
    ({ step: { id, kind } }) => wanted === undefined || id === wanted || kind === wanted,
  );
  if (chosen.length === 0) {
    const ids = steps.map(({ step: { id } }) => id);
    const meant = nearest(wanted ?? "", ids) ?? ids.join(", ");
    throw new CommandError("explain-unknown", { step: wanted ?? "", meant });
  }
  print(formatExplanation(chosen, steps, { language, ...outputStyle() }));
}
