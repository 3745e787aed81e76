import { quote } from "../../bash/quote.js";
import type { Experiment } from "./lesson.js";

/** What a reader types for an experiment with a case, or with the case without a step. */
export function experimentCommands(
  name: string,
  { inside, command, prepare = [] }: Experiment,
  without: string | undefined,
): string[] {
  const script = `${name}.sh`;
  const left = without === undefined ? "" : ` --without ${without}`;
  const words = command.map(quote).join(" ");
  return [
    ...prepare,
    `cooper compile ${name}${left} -o ${script}`,
    ...(inside === undefined
      ? [`./${script} -q -- ${words}`]
      : [`./${script} -q >/dev/null &`, `cooper exec ${inside} -- ${words}`, "wait"]),
  ];
}
