import { Argument, type Command } from "commander";
import type { Shell } from "../actions/completion.js";
import type { CommandContext } from "../command-context.js";

export function addCompletionCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("completion")
    .description(say("completion"))
    .addArgument(new Argument("<shell>", say("completion-shell")).choices(["bash", "zsh", "fish"]))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("completion-help")}`)
    .action(async (shell: Shell) => {
      const { completionCommand } = await import("../actions/completion.js");
      completionCommand(shell, language);
    });
}
