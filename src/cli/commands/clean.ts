import type { Command } from "commander";
import type { CommandContext, JsonOption } from "../command-context.js";

export function addCleanCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("clean")
    .description(say("clean"))
    .option("--json", say("json"))
    .addOption(languageOption())
    .action(async (options: JsonOption) => {
      const { cleanCommand } = await import("../actions/clean.js");
      await cleanCommand(options, language);
    });
}
