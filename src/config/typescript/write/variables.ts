import type { Parameter } from "../../../model/value.js";

/** Words that cannot name a variable in a module, and the names a config imports. */
const taken = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof undefined var void while " +
    "with yield add defineContainer defineStack divide multiply param subtract text"
  ).split(" "),
);

/** The variable that each parameter gets in a config: `MEM_LIMIT` is `memLimit`. */
export function variableNames(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const used = new Set(taken);
  return new Map(
    parameters.map(({ name }) => {
      const base = name
        .toLowerCase()
        .replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
        .replace(/_+$/, "");
      let variable = used.has(base) ? `${base}Value` : base;
      for (let number = 2; used.has(variable); number += 1) variable = `${base}${String(number)}`;
      used.add(variable);
      return [name, variable];
    }),
  );
}
