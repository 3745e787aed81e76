import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addObserveCommand(program: Command, { say, languageOption }: CommandContext): void {
  program
    .command("observe")
    .description(say("observe"))
    .argument("<name>", say("container"))
    // There is no other form; whoever wants JSON may say so.
    .option("--json", say("json"))
    .addOption(languageOption())
    .action(async (name: string) => {
      const { observeCommand } = await import("../actions/observe.js");
      await observeCommand(name);
    });
}
