import type { Language } from "../../model/language.js";
import { planJson } from "../../plan/json.js";
import { plan } from "../../plan/plan.js";
import { phaseTitles } from "../../steps/step.js";
import { readable } from "../../model/readable.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import type { ConfigOptions } from "../command-context.js";
import { readCaseOrConfig } from "../read-case.js";
import { table } from "../table.js";

export interface PlanCommandOptions extends ConfigOptions {
  readonly json?: true;
}

/** `cooper plan`: what happens, in order, what it changes and how that is undone. */
export async function planCommand(
  config: string,
  { json, set }: PlanCommandOptions,
  language: Language,
): Promise<void> {
  const planned = plan(await readCaseOrConfig(config, {}, set));
  if (json) {
    print(`${JSON.stringify(planJson(planned), null, 2)}\n`);
    return;
  }
  const header = (["plan-phase", "plan-step", "plan-effect", "plan-undo"] as const).map((key) =>
    message(language, key),
  );
  const rows = planned.steps.map((step, index) => [
    planned.steps[index - 1]?.phase === step.phase
      ? ""
      : // The table shows the name of a phase without what it is about.
        phaseTitles[step.phase][language].replace(/[:：].*/, ""),
    `${step.id}: ${readable(step.title[language])}`,
    step.effects.map(({ target }) => readable(target)).join("\n"),
    readable(step.undo?.[language] ?? ""),
  ]);
  print(table([header, ...rows], process.stdout.isTTY ? process.stdout.columns : 120));
}
