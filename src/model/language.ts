/** The languages everything a user reads exists in: BCP 47 primary tags. */
export const languages = ["en", "zh"] as const;

export type Language = (typeof languages)[number];

/** One text in every language. */
export type Translated = Readonly<Record<Language, string>>;
