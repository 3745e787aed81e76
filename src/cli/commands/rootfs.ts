import type { Command } from "commander";
import type { RootfsBuildOptions } from "../actions/rootfs-build.js";
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
    .option("--from <source>", say("rootfs-from"), "host")
    .option("--commands <names...>", say("rootfs-commands"))
    .option("--copy <paths...>", say("rootfs-copy"))
    .option("--no-cache", say("rootfs-no-cache"))
    .option("-q, --quiet", say("rootfs-quiet"))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("rootfs-help")}`)
    .action(async (directory: string, options: RootfsBuildOptions) => {
      const { rootfsBuildCommand } = await import("../actions/rootfs-build.js");
      process.exitCode = await rootfsBuildCommand(directory, options, language);
    });
}
