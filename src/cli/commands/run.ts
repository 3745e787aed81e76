import type { Command } from "commander";
import type { ContainerFlags } from "../../config/flags.js";
import type { RunCommandOptions } from "../actions/run.js";
import { addContainerFlags, containerFlags } from "../container-flags.js";
import type { CommandContext } from "../command-context.js";

export function addRunCommand(
  program: Command,
  { say, languageOption, assignmentOption, behind, language }: CommandContext,
): void {
  const run = program
    .command("run")
    .description(say("run"))
    .usage("[options] [config] [-- COMMAND…]")
    .argument("[config]", say("run-config"))
    .option("-q, --quiet", say("quiet"))
    .addOption(languageOption())
    .addOption(assignmentOption("run-set"))
    .addHelpText("after", `\n${say("run-exit")}`)
    .action(async (config: string | undefined, options: RunCommandOptions & ContainerFlags) => {
      const { runCommand } = await import("../actions/run.js");
      const flags = containerFlags(options, behind);
      process.exitCode = await runCommand(config, flags, options, language);
    });
  addContainerFlags(run, language);
}
