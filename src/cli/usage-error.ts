import type { CommanderError } from "commander";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** What commander has to say, and how the text that matters stands in it. */
const keys: Readonly<Record<string, readonly [key: MessageKey, quoted?: RegExp]>> = {
  "commander.unknownOption": ["option-unknown"],
  "commander.unknownCommand": ["command-unknown"],
  "commander.optionMissingArgument": ["option-value"],
  "commander.missingArgument": ["argument-missing"],
  "commander.excessArguments": ["arguments-excess"],
  "commander.invalidArgument": ["option-choice", /(?:argument|value) '(.*?)' is invalid/],
};

/** A wrong command line, in words; undefined for what is no error, such as help that was asked for. */
export function usageError(
  { code, message: english }: CommanderError,
  language: Language,
): { readonly key: string; readonly text: string } | undefined {
  const [key, quoted = /'([^']*)'/] = keys[code] ?? [];
  if (key === undefined) return undefined;
  // Commander's errors have no fields, only text: "error: unknown option '--nmae'\n(Did you mean --name?)".
  const [, name = ""] = quoted.exec(english) ?? [];
  const choices = /Allowed choices are (.*)\.$/.exec(english)?.[1];
  const suggestion = /\(Did you mean (?:one of )?(.*)\?\)/.exec(english)?.[1];
  const rest = [
    ...(choices === undefined ? [] : [message(language, "choices", { choices })]),
    ...(suggestion === undefined ? [] : [message(language, "did-you-mean", { name: suggestion })]),
  ];
  return { key, text: message(language, key, { name }) + rest.join("") };
}
