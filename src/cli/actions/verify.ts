import { verify } from "../../audit/verify.js";
import { readSource } from "../../config/read-source.js";
import { escapeInvisible } from "../../model/escape-invisible.js";
import type { Language } from "../../model/language.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";

/** `cooper verify`: shows every edit of generated scripts; the exit status is 1 when there is one. */
export function verifyCommand(scripts: readonly string[], language: Language): number {
  let edited = 0;
  for (const file of scripts) {
    const { unedited, hash, edits } = verify(readSource(file), file);
    if (!unedited) edited += 1;
    print(`${message(language, unedited ? "verify-unedited" : "verify-edited", { file, hash })}\n`);
    // What somebody wrote into the script must not reach the terminal as it is.
    print(edits.split("\n").map(escapeInvisible).join("\n"));
  }
  return edited === 0 ? 0 : 1;
}
