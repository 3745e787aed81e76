import type { Language } from "../model/language.js";
import { type Phase, phases, phaseTitles, type Step } from "../steps/step.js";

/** What the script's own shell does, in its order. */
export interface HostOrder {
  /** Until the container's command starts, by phases. */
  readonly building: readonly { readonly title: string; readonly steps: readonly HostCall[] }[];
  /** Once it has been started. */
  readonly running: readonly HostStep[];
  /** When everything else is gone. */
  readonly stopped: readonly HostStep[];
}

type HostCall = HostStep | { readonly meeting: "let_go" | "arrive" };

export interface HostStep {
  readonly id: string;
  readonly title: Step["title"][Language];
  readonly takesCommand: boolean;
}

/** Orders the steps of the host, and where the container waits for them. */
export function hostOrder(steps: readonly Step[], language: Language): HostOrder {
  const lastWait = steps.findLast(({ kind }) => kind === "wait");
  const callsOf = (step: Step): HostCall[] => {
    const { id, kind, where, title, takesCommand = false } = step;
    if (where === "host") return [{ id, title: title[language], takesCommand }];
    if (kind !== "wait") return [];
    return [{ meeting: "let_go" }, ...(step === lastWait ? [] : [{ meeting: "arrive" } as const])];
  };
  const of = (phase: Phase) => steps.filter((step) => step.phase === phase);
  const stepsOf = (phase: Phase) =>
    of(phase).map(({ id, title }) => ({ id, title: title[language], takesCommand: false }));
  return {
    building: phases
      .filter((phase) => phase !== "running" && phase !== "stopped")
      .map((phase) => ({ title: phaseTitles[phase][language], steps: of(phase).flatMap(callsOf) }))
      .filter((phase) => phase.steps.length > 0),
    running: stepsOf("running"),
    stopped: stepsOf("stopped"),
  };
}
