import type { Command } from "commander";
import type { CommandContext, JsonOption } from "../command-context.js";

export function addPsCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("ps")
    .description(say("ps"))
    .option("--json", say("json"))
    .addOption(languageOption())
    .action(async (options: JsonOption) => {
      const { psCommand } = await import("../actions/ps.js");
      psCommand(options, language);
    });
}
