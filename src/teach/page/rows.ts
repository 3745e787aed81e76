import { diffArrays } from "diff";
import type { Language } from "../../model/language.js";
import { type Grammar, highlight } from "./highlight.js";
import type { Markup } from "./markup.js";

/** One line of code; where the two languages differ, in their comments and messages, each has lines of its own. */
export interface Row {
  readonly language: Language | undefined;
  readonly text: string;
  readonly code: Markup;
}

/** A block of code in both languages, with the lines they share only once. */
export function bilingual(
  lines: Readonly<Record<Language, readonly string[]>>,
  grammar: Grammar,
): Row[] {
  const coloured = { en: highlight(lines.en, grammar), zh: highlight(lines.zh, grammar) };
  const at = { en: 0, zh: 0 };
  const row = (side: Language, text: string, language: Language | undefined): Row => {
    const code = coloured[side][at[side]];
    if (code === undefined) throw new RangeError("a line has no colours");
    at[side] += 1;
    return { language, text, code };
  };
  return diffArrays([...lines.en], [...lines.zh]).flatMap(({ added, removed, value }) =>
    value.map((text) => {
      if (removed) return row("en", text, "en");
      if (added) return row("zh", text, "zh");
      at.en += 1;
      return row("zh", text, undefined);
    }),
  );
}

/** What tells whether two rows are the same. */
export const keyOf = ({ language, text }: Row): string => `${language ?? ""}|${text}`;
