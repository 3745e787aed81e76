import { type Command, Option } from "commander";
import type { CheckCommandOptions } from "../actions/check.js";
import type { CommandContext } from "../command-context.js";

export function addCheckCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("check")
    .description(say("check"))
    .argument("<configs...>", say("check-configs"))
    .option("--policy <file>", say("check-policy"))
    .addOption(
      new Option("--format <format>", say("check-format"))
        .choices(["text", "json", "sarif"])
        .default("text"),
    )
    .option("-o, --output <file>", say("check-output"))
    .addOption(languageOption())
    .addOption(assignmentOption())
    .addHelpText("after", `\n${say("check-help")}`)
    .action(async (configs: string[], options: CheckCommandOptions) => {
      const { checkCommand } = await import("../actions/check.js");
      process.exitCode = await checkCommand(configs, options, language);
    });
}
