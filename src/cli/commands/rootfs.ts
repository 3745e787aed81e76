import type { Command } from "commander";
import type { RootfsBuildOptions } from "../actions/rootfs-build.js";
import type { RootfsScriptOptions } from "../actions/rootfs-script.js";
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

  const script = rootfs
    .command("script")
    .description(say("rootfs-script"))
    .argument("[directory]", say("rootfs-script-directory"));
  addSourceFlags(script, language);
  script
    .option("-o, --output <file>", say("output"))
    .addOption(languageOption("compile-lang"))
    .addHelpText("after", `\n${say("rootfs-script-help")}`)
    .action(async (directory: string | undefined, options: RootfsScriptOptions) => {
      const { rootfsScriptCommand } = await import("../actions/rootfs-script.js");
      process.exitCode = await rootfsScriptCommand(directory, options);
    });
}
