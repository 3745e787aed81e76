/**
 * The languages everything a user reads exists in: BCP 47 primary tags.
 *
 * @example
 * import { compile, languages } from "cooper";
 *
 * const scripts = languages.map((language) => compile({ privileged: true }, { language }));
 * console.log(languages.join(" "), new Set(scripts).size); // en zh 2
 */
export const languages = ["en", "zh"] as const;

/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** One text in every language. */
export type Translated = Readonly<Record<Language, string>>;
