import type { Language } from "../../model/language.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

/** What generated scripts say when they run; `{name}` stands for a value. */
export const messages = { en, zh } as const satisfies Record<Language, Record<string, string>>;
