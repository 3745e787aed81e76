import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addInitCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("init")
    .description(say("init"))
    .argument("[file]", say("init-file"), "container.ts")
    .addOption(languageOption())
    .action(async (file: string) => {
      const { initCommand } = await import("../actions/init.js");
      await initCommand(file, language);
    });
}
