import { readable } from "../model/readable.js";
import type { Language } from "../model/language.js";
import type { EffectType, Lifetime, Step } from "../steps/step.js";
import { labels } from "./labels.js";

/** What the header says that a script changes on the host, and how long that stays. */
export function effectLines(steps: readonly Step[], language: Language): string[] {
  const lines = steps
    .flatMap(({ where, effects }) =>
      // What is mounted inside the container shows nowhere else.
      effects.filter(({ type }) => where === "host" || type !== "mount"),
    )
    .map((effect) => effectLine({ ...effect, target: readable(effect.target) }, language));
  return [...new Set(lines)];
}

/** A line about what the script changes on the host. */
export function effectLine(
  { type, target, lifetime }: { type: EffectType; target: string; lifetime: Lifetime },
  language: Language,
): string {
  const { effectTypes, lifetimes } = labels[language];
  const [what, howLong] = [effectTypes[type], lifetimes[lifetime]];
  return language === "zh" ? `${what}：${target}（${howLong}）` : `${what}: ${target} (${howLong})`;
}

/** A command that a script runs on the host, and Debian's package of it. */
export interface PackagedTool {
  readonly tool: string;
  readonly package: string;
}

/** What the header says that a script needs: a line for each package, with the tools that come from it. */
export function packageLines(tools: readonly PackagedTool[]): string[] {
  const packages = [...new Set(tools.map((each) => each.package))].sort();
  return packages.map((name) => {
    const own = tools.filter((each) => each.package === name);
    return `${name}: ${own.map(({ tool }) => tool).join(", ")}`;
  });
}
