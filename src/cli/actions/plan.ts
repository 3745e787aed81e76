import type { Language } from "../../model/language.js";
import { planJson, stackPlanJson } from "../../plan/json.js";
import { type Plan, plans } from "../../plan/plan.js";
import { phaseTitles } from "../../steps/step.js";
import { readable } from "../../model/readable.js";
import { containersOf, isStack } from "../../model/spec/stack.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import type { ConfigOptions } from "../command-context.js";
import { readDescription } from "../read-description.js";
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
  const described = await readDescription(config, {}, set);
  const planned = plans(containersOf(described));
  if (json) {
    const data = isStack(described) ? stackPlanJson(planned) : planned.map(planJson)[0];
    print(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  for (const each of planned) {
    if (isStack(described)) print(`${readable(each.spec.name)}\n\n`);
    print(planTable(each, language));
    if (each !== planned.at(-1)) print("\n");
  }
}

function planTable({ steps }: Plan, language: Language): string {
  const header = (["plan-phase", "plan-step", "plan-effect", "plan-undo"] as const).map((key) =>
    message(language, key),
  );
  const rows = steps.map((step, index) => [
    steps[index - 1]?.phase === step.phase
      ? ""
      : // The table shows the name of a phase without what it is about.
        phaseTitles[step.phase][language].replace(/[:：].*/, ""),
    `${step.id}: ${readable(step.title[language])}`,
    step.effects.map(({ target }) => readable(target)).join("\n"),
    readable(step.undo?.[language] ?? ""),
  ]);
  return table([header, ...rows], process.stdout.isTTY ? process.stdout.columns : 120);
}
