import { type Command, Option } from "commander";
import type { ContainerFlags } from "../../config/flags.js";
import type { DiffCommandOptions } from "../actions/diff.js";
import { addContainerFlags, containerFlags } from "../container-flags.js";
import type { CommandContext } from "../command-context.js";

export function addDiffCommand(
  program: Command,
  { say, languageOption, assignmentOption, behind, language }: CommandContext,
): void {
  const diff = program
    .command("diff")
    .description(say("diff"))
    .usage("[options] <before> [after]")
    .argument("<before>", say("diff-before"))
    .argument("[after]", say("diff-after"))
    .addOption(
      new Option("--format <format>", say("diff-format"))
        .choices(["text", "markdown", "json", "html"])
        .default("text"),
    )
    .addOption(languageOption())
    .addOption(assignmentOption())
    .addHelpText("after", `\n${say("diff-help")}`)
    .action(
      async (
        before: string,
        after: string | undefined,
        options: DiffCommandOptions & ContainerFlags,
      ) => {
        const { diffCommand } = await import("../actions/diff.js");
        await diffCommand([before, after], containerFlags(options, behind), options, language);
      },
    );
  addContainerFlags(diff, language);
}
