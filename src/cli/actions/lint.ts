import path from "node:path";
import { MissingToolError, lint } from "../../bash/lint.js";
import type { Language } from "../../model/language.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";

/** `cooper lint`: prints every finding; the exit status is 1 when there is one. */
export async function lintCommand(files: readonly string[], language: Language): Promise<number> {
  const config = files.find((file) => [".ts", ".json"].includes(path.extname(file)));
  if (config !== undefined) throw new CommandError("lint-config", { file: config });
  let findings = 0;
  for (const file of files) {
    const report = await lint(file).catch((error: unknown) => {
      if (!(error instanceof MissingToolError)) throw error;
      const { tool, packageName: name } = error;
      if (tool === "shellcheck") throw new CommandError("shellcheck-missing", {}, { cause: error });
      throw new CommandError("lint-missing", { tool, package: name }, { cause: error });
    });
    findings += report.length;
    print(
      report.length === 0
        ? `${message(language, "lint-clean", { file })}\n`
        : report.map((each) => `${each.trimEnd()}\n`).join(""),
    );
  }
  return findings === 0 ? 0 : 1;
}
