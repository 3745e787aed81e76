import type { Command } from "commander";
import type { CommandContext, ConfigOptions } from "../command-context.js";

export function addExplainCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("explain")
    .description(say("explain"))
    .argument("<config>", say("diff-before"))
    .argument("[step]", say("explain-step"))
    .addOption(languageOption())
    .addOption(assignmentOption())
    .action(async (config: string, step: string | undefined, { set }: ConfigOptions) => {
      const { explainCommand } = await import("../actions/explain.js");
      await explainCommand(config, step, set, language);
    });
}
