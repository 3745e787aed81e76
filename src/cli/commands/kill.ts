import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addKillCommand(program: Command, { say, languageOption }: CommandContext): void {
  program
    .command("kill")
    .description(say("kill"))
    .argument("<names...>", say("container"))
    .option("-s, --signal <signal>", say("signal"), "TERM")
    .addOption(languageOption())
    .action(async (names: string[], { signal }: { readonly signal: string }) => {
      const { killCommand } = await import("../actions/kill.js");
      killCommand(names, signal);
    });
}
