import type { Command } from "commander";
import type { CommandContext, ConfigOptions, JsonOption } from "../command-context.js";

export function addManifestCommand(
  program: Command,
  { say, languageOption, assignmentOption, language }: CommandContext,
): void {
  program
    .command("manifest")
    .description(say("manifest"))
    .argument("<config>", say("manifest-config"))
    .option("--json", say("manifest-json"))
    .addOption(languageOption())
    .addOption(assignmentOption())
    .action(async (config: string, options: ConfigOptions & JsonOption) => {
      const { manifestCommand } = await import("../actions/manifest.js");
      await manifestCommand(config, options, language);
    });
}
