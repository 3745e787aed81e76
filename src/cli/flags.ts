import { type Command, Option } from "commander";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** An option of commands; one that may be repeated says how its values become one. */
export type Flag = readonly [flag: string, help: MessageKey, several?: typeof collect];

/** Adds a value of an option that may be repeated. */
export const collect = (value: string, sofar: readonly string[] | undefined) => [
  ...(sofar ?? []),
  value,
];

/** Gives a command options. */
export function addFlags(command: Command, flags: readonly Flag[], language: Language): void {
  for (const [flag, help, several] of flags) {
    const option = new Option(flag, message(language, help));
    command.addOption(several ? option.argParser(several) : option);
  }
}

/** What of a parsed command line belongs to options. */
export function flagValues(options: object, flags: readonly Flag[]): Record<string, unknown> {
  const names = flags.map(([flag]) => new Option(flag).attributeName());
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}
