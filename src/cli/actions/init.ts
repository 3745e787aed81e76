import { writeFile } from "node:fs/promises";
import { Renderer } from "../../bash/templates.js";
import { reasonOf } from "../../kernel/errno.js";
import type { Language } from "../../model/language.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";

/**
 * `cooper init`: a config whose comments explain it; an existing file is never overwritten, and `-` is standard output.
 */
export async function initCommand(file: string, language: Language): Promise<void> {
  const text = new Renderer(language).render(`init.${language}.ts`, {});
  if (file === "-") {
    print(text);
    return;
  }
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw new CommandError("init-exists", { file }, { cause: error });
    throw new CommandError("write-failed", { file, reason: reasonOf(error) }, { cause: error });
  }
  console.error(message(language, "init-written", { file }));
}
