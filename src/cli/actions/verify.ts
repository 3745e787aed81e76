import { verify } from "../../audit/verify.js";
import { readSource } from "../../config/read-source.js";
import { escapeInvisible } from "../../model/escape-invisible.js";
import type { Language } from "../../model/language.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import { reportError } from "../report-error.js";

/**
 * `cooper verify`: shows every edit of generated scripts; the exit status is 1 when there is one, or a file is no such
 * script.
 */
export function verifyCommand(scripts: readonly string[], language: Language): number {
  const statuses = scripts.map((file) => {
    try {
      return verifyScript(file, language);
    } catch (error) {
      return reportError(error, language);
    }
  });
  return Math.max(...statuses);
}

function verifyScript(file: string, language: Language): number {
  const { unedited, hash, edits } = verify(readSource(file), file);
  print(`${message(language, unedited ? "verify-unedited" : "verify-edited", { file, hash })}\n`);
  // What somebody wrote into the script must not reach the terminal as it is.
  print(edits.split("\n").map(escapeInvisible).join("\n"));
  return unedited ? 0 : 1;
}
