import type { Language } from "../../model/language.js";
import { nearest } from "../../model/nearest.js";
import { formatExplanation } from "../../teach/explain.js";
import { read, type StepReading } from "../../teach/reading.js";
import { buildPage } from "../../teach/page/page.js";
import { renderPage } from "../../teach/page/render.js";
import type { ConfigOptions } from "../command-context.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";
import { readDescription } from "../read-description.js";

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
  const described = await readDescription(config, {}, set);
  const { containers } = read(described, language);
  const steps = containers.flatMap((container) => container.steps);
  const isChosen = ({ step: { id, kind } }: StepReading) =>
    wanted === undefined || id === wanted || kind === wanted;
  if (!steps.some(isChosen)) {
    const ids = [...new Set(steps.map(({ step: { id } }) => id))];
    const name = nearest(wanted ?? "", ids);
    const meant = name === undefined ? "" : message(language, "did-you-mean", { name });
    throw new CommandError("explain-unknown", {
      step: wanted ?? "",
      meant,
      known: ids.join(", "),
    });
  }
  if (format === "html") {
    const only = steps.filter(isChosen).map(({ step: { id } }) => id);
    print(renderPage(buildPage([{ name: config, described, only }], { language })));
    return;
  }
  print(formatExplanation(containers, isChosen, { language, ...outputStyle() }));
}
