import type { Command } from "commander";
import type { PageCommandOptions } from "../actions/page.js";
import type { CommandContext } from "../command-context.js";

export function addPageCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("page")
    .description(say("page"))
    .usage("[options] [config...]")
    .argument("[config...]", say("page-config"))
    .option("-o, --output <file>", say("check-output"))
    .addOption(languageOption())
    .addOption(assignmentOption())
    .addHelpText("after", `\n${say("page-help")}`)
    .action(async (configs: string[], options: PageCommandOptions) => {
      const { pageCommand } = await import("../actions/page.js");
      await pageCommand(configs, options, language);
    });
}
