import { readScript } from "../../audit/script-source.js";
import { readSource } from "../../config/read-source.js";
import { writeTypescript } from "../../config/typescript/write/write-typescript.js";
import type { Language } from "../../model/language.js";
import { message } from "../messages/index.js";
import { warn } from "../warn.js";
import { writeOutput } from "../write-output.js";

/** `cooper decompile`: the spec at the end of a script as a TypeScript config. */
export function decompileCommand(
  script: string,
  output: string | undefined,
  language: Language,
): void {
  const { described, intact } = readScript(readSource(script), script);
  if (!intact) warn(`cooper: ${message(language, "decompile-hash", { file: script })}`);
  writeOutput(writeTypescript(described), output, 0o644);
}
