import { clean } from "../../executor/clean.js";
import type { Language } from "../../model/language.js";
import { createWarning } from "../log.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";

/** `cooper clean`: removes what dead containers left, and says what that was. */
export async function cleanCommand(
  { json }: { readonly json?: true },
  language: Language,
): Promise<void> {
  const cleaned = await clean({ language, onWarning: createWarning(language) });
  if (json) {
    print(`${JSON.stringify(cleaned, null, 2)}\n`);
    return;
  }
  for (const { type, target } of cleaned)
    print(
      `${message(language, "clean-removed", { what: message(language, `thing-${type}`), target })}\n`,
    );
  if (cleaned.length === 0) print(`${message(language, "clean-nothing")}\n`);
}
