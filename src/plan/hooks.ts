import type { HookName } from "../model/spec/hooks.js";
import type { Spec } from "../model/spec/parse.js";
import { hook, type HookFields } from "../steps/hook.js";
import type { Phase, Step } from "../steps/step.js";

/** When the hooks of a list run, and what becomes of the start when one fails. */
const moments: Readonly<
  Record<HookName, { readonly phase: Phase } & Pick<HookFields, "status" | "fatal">>
> = {
  createRuntime: { phase: "container", status: "creating", fatal: true },
  poststart: { phase: "running", status: "running", fatal: false },
  poststop: { phase: "stopped", status: "stopped", fatal: false },
};

/** The hooks of one list: steps of the host. */
export function hookSteps({ hooks }: Spec, name: HookName): Step[] {
  const { phase, ...moment } = moments[name];
  const id = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return (hooks?.[name] ?? []).map((args) => ({
    ...hook(`hooks.${name}`, { hook: name, program: args[0], args, ...moment }, id),
    phase,
  }));
}
