import type { Language } from "../../../model/language.js";
import type { Finding } from "../finding.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

const catalogs = { en, zh } as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** A finding in words. */
export function describeFinding({ code, values }: Finding, language: Language): string {
  return catalogs[language][code].replace(
    /\{(\w+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
}
