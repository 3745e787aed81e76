import type { Command } from "commander";
import type { PlanCommandOptions } from "../actions/plan.js";
import type { CommandContext } from "../command-context.js";

export function addPlanCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("plan")
    .description(say("plan"))
    .argument("<config>", say("config"))
    .option("--json", say("json"))
    .addOption(languageOption())
    .addOption(assignmentOption())
    .action(async (config: string, options: PlanCommandOptions) => {
      const { planCommand } = await import("../actions/plan.js");
      await planCommand(config, options, language);
    });
}
