import type { Command } from "commander";
import type { ContainerFlags } from "../../config/flags.js";
import type { CompileCommandOptions } from "../actions/compile.js";
import { addContainerFlags, containerFlags } from "../container-flags.js";
import { collect } from "../flags.js";
import type { CommandContext } from "../command-context.js";

export function addCompileCommand(
  program: Command,
  { say, languageOption, assignmentOption, behind, language }: CommandContext,
): void {
  const compile = program
    .command("compile")
    .description(say("compile"))
    .usage("[options] [config] [-- COMMAND…]")
    .argument("[config]", say("run-config"))
    .option("-o, --output <file>", say("output"))
    .addOption(languageOption("compile-lang"))
    .addOption(assignmentOption())
    .option("--without <step>", say("without"), collect)
    .action(async (config: string | undefined, options: CompileCommandOptions & ContainerFlags) => {
      const { compileCommand } = await import("../actions/compile.js");
      await compileCommand(config, containerFlags(options, behind), options);
    });
  addContainerFlags(compile, language);
}
