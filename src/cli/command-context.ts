import { Option } from "commander";
import { CooperError } from "../model/errors.js";
import { type Language, languages } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** What a command needs to declare itself. */
export interface CommandContext {
  readonly language: Language;
  /** What stood behind `--`: the command of a container. */
  readonly behind: readonly string[] | undefined;
  /** A message of the command line in its language. */
  readonly say: (key: MessageKey) => string;
  /** `--lang`, with its help. */
  readonly languageOption: (key?: MessageKey) => Option;
  /** `--set NAME=VALUE`, with its help. */
  readonly assignmentOption: (key?: MessageKey) => Option;
}

export interface JsonOption {
  readonly json?: true;
}

/** Parameters fixed by `--set`. */
export interface ConfigOptions {
  readonly set?: ReadonlyMap<string, string>;
}

/** What commands share, in a language and with what stood behind `--`. */
export function createContext(
  language: Language,
  behind: readonly string[] | undefined,
): CommandContext {
  const say = (key: MessageKey) => message(language, key);
  return {
    language,
    behind,
    say,
    languageOption: (key = "lang") =>
      new Option("--lang <language>", say(key)).choices([...languages]),
    assignmentOption: (key = "set") =>
      new Option("--set <NAME=VALUE>", say(key)).argParser(assignment),
  };
}

/** Collects `--set NAME=VALUE`. */
function assignment(
  text: string,
  sofar: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw CooperError.of("parameter-assignment", { text });
  return new Map([...sofar, [text.slice(0, at), text.slice(at + 1)]]);
}
