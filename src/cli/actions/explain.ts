import type { Language } from "../../model/language.js";
import { nearest } from "../../model/nearest.js";
import { formatExplanation } from "../../teach/explain.js";
import { read } from "../../teach/reading.js";
import { buildPage } from "../../teach/page/page.js";
import { renderPage } from "../../teach/page/render.js";
import type { ConfigOptions } from "../command-context.js";
import { CommandError } from "../command-error.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { readCaseOrConfig } from "../read-case.js";

export interface ExplainCommandOptions extends ConfigOptions {
  readonly format: "text" | "html";
}

/** `cooper explain`: a guided reading of a plan, or of one step of it, named by its id or its kind. */
export async function explainCommand(
  config: string,
  wanted: string | undefined,
  { format, set }: ExplainCommandOptions,
  language: Language,
): Promise<void> {
  const spec = await readCaseOrConfig(config, {}, set);
  const { steps } = read(spec, language);
  const chosen = steps.filter(
    ({ step: { id, kind } }) => wanted === undefined || id === wanted || kind === wanted,
  );
  if (chosen.length === 0) {
    const ids = steps.map(({ step: { id } }) => id);
    const meant = nearest(wanted ?? "", ids) ?? ids.join(", ");
    throw new CommandError("explain-unknown", { step: wanted ?? "", meant });
  }
  if (format === "html") {
    const only = chosen.map(({ step: { id } }) => id);
    print(renderPage(buildPage([{ name: config, spec, only }], { language })));
    return;
  }
  print(formatExplanation(chosen, steps, { language, ...outputStyle() }));
}
