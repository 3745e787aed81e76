import type { CommanderError } from "commander";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** What commander has to say, and which of the texts it quotes is the one that matters. */
const keys: Readonly<Record<string, readonly [key: MessageKey, quoted?: number]>> = {
  "commander.unknownOption": ["option-unknown"],
  "commander.unknownCommand": ["command-unknown"],
  "commander.optionMissingArgument": ["option-value"],
  "commander.missingArgument": ["argument-missing"],
  "commander.excessArguments": ["arguments-excess"],
  "commander.invalidArgument": ["option-choice", 1],
};

/** A wrong command line, in words; undefined for what is no error, such as help that was asked for. */
export function usageError(
  { code, message: english }: CommanderError,
  language: Language,
): { readonly key: string; readonly text: string } | undefined {
  const [key, index = 0] = keys[code] ?? [];
  if (key === undefined) return undefined;
  // Commander's errors have no fields, only text: "error: unknown option '--nmae'\n(Did you mean --name?)".
  const quoted = [...english.matchAll(/'([^']*)'/g)].map(([, text = ""]) => text);
  const suggestion = /\(Did you mean (?:one of )?(.*)\?\)/.exec(english)?.[1];
  const rest =
    suggestion === undefined ? "" : message(language, "did-you-mean", { name: suggestion });
  return { key, text: message(language, key, { name: quoted[index] ?? "" }) + rest };
}
