import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addRootfsCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  const rootfs = program.command("rootfs").description(say("rootfs"));
  rootfs
    .command("build")
    .description(say("rootfs-build"))
    .argument("<directory>", say("rootfs-directory"))
    .option("--commands <names...>", say("rootfs-commands"), ["sh"])
    .addOption(languageOption())
    .action(async (directory: string, options: { commands: string[] }) => {
      const { rootfsBuildCommand } = await import("../actions/rootfs-build.js");
      await rootfsBuildCommand(directory, options.commands, language);
    });
}
