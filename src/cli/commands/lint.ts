import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addLintCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("lint")
    .description(say("lint"))
    .argument("<files...>", say("files"))
    .addOption(languageOption())
    .action(async (files: string[]) => {
      const { lintCommand } = await import("../actions/lint.js");
      process.exitCode = await lintCommand(files, language);
    });
}
