import { type Command, Option } from "commander";
import type { ExplainCommandOptions } from "../actions/explain.js";
import type { CommandContext } from "../command-context.js";

export function addExplainCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("explain")
    .description(say("explain"))
    .argument("<config>", say("diff-before"))
    .argument("[step]", say("explain-step"))
    .addOption(
      new Option("--format <format>", say("explain-format"))
        .choices(["text", "html"])
        .default("text"),
    )
    .addOption(languageOption())
    .addOption(assignmentOption())
    .action(async (config: string, step: string | undefined, options: ExplainCommandOptions) => {
      const { explainCommand } = await import("../actions/explain.js");
      await explainCommand(config, step, options, language);
    });
}
