import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addExecCommand(
  program: Command,
  { say, languageOption, behind }: CommandContext,
): void {
  program
    .command("exec")
    .description(say("exec"))
    .usage("[options] <name> -- COMMAND…")
    .argument("<name>", say("container"))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("run-exit")}`)
    .action(async (name: string) => {
      const { execCommand } = await import("../actions/exec.js");
      process.exitCode = await execCommand(name, behind);
    });
}
