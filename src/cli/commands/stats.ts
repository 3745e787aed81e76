import type { Command } from "commander";
import type { CommandContext, JsonOption } from "../command-context.js";

export function addStatsCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("stats")
    .description(say("stats"))
    .argument("<name>", say("container"))
    .option("--json", say("json"))
    .addOption(languageOption())
    .action(async (name: string, options: JsonOption) => {
      const { statsCommand } = await import("../actions/stats.js");
      await statsCommand(name, options, language);
    });
}
