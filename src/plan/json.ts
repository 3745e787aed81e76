import { languages } from "../model/language.js";
import { readable } from "../model/readable.js";
import type { Text } from "../model/value.js";
import type { Step } from "../steps/step.js";
import type { Plan } from "./plan.js";

/** A plan as plain JSON data: what `cooper plan --json` prints. */
export function planJson({ steps }: Plan): object {
  return { steps: steps.map(stepJson) };
}

/** The same of a stack: the plan of each container, by name. */
export function stackPlanJson(plans: readonly Plan[]): object {
  return {
    containers: plans.map((each) => ({ name: readable(each.spec.name), ...planJson(each) })),
  };
}

function stepJson({ undo, effects, title, explanation, ...step }: Step): object {
  const { kind, id, where, phase, cause, fields, manual, tools } = step;
  return {
    kind,
    id,
    phase,
    where,
    cause,
    title: translated(title),
    tools,
    effects: effects.map(({ type, target, lifetime }) => ({
      type,
      target: readable(target),
      lifetime,
    })),
    undo: undo === undefined ? null : translated(undo),
    fields,
    explanation,
    manual,
  };
}

const translated = (texts: Readonly<Record<(typeof languages)[number], string | Text>>) =>
  Object.fromEntries(languages.map((language) => [language, readable(texts[language])]));
