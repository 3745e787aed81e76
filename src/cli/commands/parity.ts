import type { Command } from "commander";
import type { ParityCommandOptions } from "../actions/parity.js";
import type { CommandContext } from "../command-context.js";

export function addParityCommand(
  program: Command,
  { say, languageOption, assignmentOption, behind, language }: CommandContext,
): void {
  program
    .command("parity")
    .description(say("parity"))
    .usage("[options] <config> [-- COMMAND…]")
    .argument("<config>", say("config"))
    .option("--json", say("json"))
    .addOption(languageOption())
    .addOption(assignmentOption("run-set"))
    .action(async (config: string, options: ParityCommandOptions) => {
      const { parityCommand } = await import("../actions/parity.js");
      process.exitCode = await parityCommand(config, behind, options, language);
    });
}
