import type { Command } from "commander";
import type { RootfsBuildOptions } from "../actions/rootfs-build.js";
import type { CommandContext } from "../command-context.js";
import { addSourceFlags } from "../source-flags.js";

export function addRootfsCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  const rootfs = program.command("rootfs").description(say("rootfs"));
  const build = rootfs
    .command("build")
    .description(say("rootfs-build"))
    .argument("<directory>", say("rootfs-directory"));
  addSourceFlags(build, language);
  build
    .option("--config <file>", say("rootfs-config"))
    .option("--no-cache", say("rootfs-no-cache"))
    .option("-q, --quiet", say("rootfs-quiet"))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("rootfs-help")}`)
    .action(async (directory: string, options: RootfsBuildOptions) => {
      const { rootfsBuildCommand } = await import("../actions/rootfs-build.js");
      process.exitCode = await rootfsBuildCommand(directory, options, language);
    });
}
