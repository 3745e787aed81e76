import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addVerifyCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("verify")
    .description(say("verify"))
    .argument("<scripts...>", say("verify-scripts"))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("verify-help")}`)
    .action(async (scripts: string[]) => {
      const { verifyCommand } = await import("../actions/verify.js");
      process.exitCode = verifyCommand(scripts, language);
    });
}
