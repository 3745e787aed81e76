import { type Language, languages } from "../../model/language.js";
import { en, type MessageKey } from "./en.js";
import { zh } from "./zh.js";

const catalogs = { en, zh };

export type { MessageKey };

/** A message with its placeholders filled in. */
export function message(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string>> = {},
): string {
  return catalogs[language][key].replace(
    /\{(\w+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
}

/** The language to speak: `--lang`, else the locale's (see locale(7)), else English. */
export function chooseLanguage(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const inline = args.find((each) => each.startsWith("--lang="))?.slice("--lang=".length);
  const following = args[args.indexOf("--lang") + 1];
  const asked = inline ?? (args.includes("--lang") ? following : undefined);
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  const wanted = asked ?? locale;
  return languages.find((each) => wanted.toLowerCase().startsWith(each)) ?? "en";
}
