import { messages } from "../../bash/messages/index.js";
import type { Language } from "../../model/language.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

export type { ExecutorMessage } from "./en.js";

type Catalogs = Readonly<Record<Language, Readonly<Record<string, string>>>>;

const own: Catalogs = { en, zh };

/** The scripts' own messages, where there is nothing else to say about a code. */
const scripts: Catalogs = messages;

/** The message of a code with its placeholders filled in; the code itself when it has no message. */
export function say(
  language: Language,
  code: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return (own[language][code] ?? scripts[language][code] ?? code).replace(
    /\{(\w+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
}
