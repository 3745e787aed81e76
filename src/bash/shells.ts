import type { Language } from "../model/language.js";
import type { Step } from "../steps/step.js";
import { labels } from "./labels.js";

/** A step as a shell of the container carries it out. */
interface ShellStep {
  readonly id: string;
  readonly title: Step["title"][Language];
  readonly takesCommand: boolean;
}

/** A shell of the container: the function it begins with, and what it does. */
export interface Shell {
  readonly name: string;
  readonly label: string;
  /** The step that it was started for, and does first. */
  readonly first?: ShellStep;
  readonly steps: ShellStep[];
  /** The step for which the next shell takes over. */
  last?: ShellStep & NonNullable<Step["shell"]>;
}

/** The shells of the container, one after the other: after some steps another one has to take over. */
export function shellsOf(steps: readonly Step[], language: Language): Shell[] {
  const { shells: descriptions } = labels[language];
  const shells: [Shell, ...Shell[]] = [
    { name: "container", label: descriptions.container, steps: [] },
  ];
  for (const { id, where, title, takesCommand = false, shell } of steps) {
    if (where !== "container") continue;
    const step = { id, title: title[language], takesCommand };
    const current = shells.at(-1) ?? shells[0];
    if (shell === undefined) current.steps.push(step);
    else {
      current.last = { ...step, ...shell };
      const label = descriptions[shell.name];
      const first = shell.continues ? { first: step } : {};
      shells.push({ name: shell.name, label, ...first, steps: [] });
    }
  }
  return shells;
}
