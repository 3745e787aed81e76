import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addDecompileCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("decompile")
    .description(say("decompile"))
    .argument("<script>", say("decompile-script"))
    .option("-o, --output <file>", say("decompile-output"))
    .addOption(languageOption())
    .action(async (script: string, { output }: { output?: string }) => {
      const { decompileCommand } = await import("../actions/decompile.js");
      decompileCommand(script, output, language);
    });
}
