import type { Command } from "commander";
import type { DoctorCommandOptions } from "../actions/doctor.js";
import type { CommandContext } from "../command-context.js";

export function addDoctorCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("doctor")
    .description(say("doctor"))
    .argument("[name]", say("doctor-name"))
    .option("--json", say("json"))
    .option("--fix", say("doctor-fix"))
    .option("--yes", say("doctor-yes"))
    .addOption(languageOption())
    .addHelpText("after", `\n${say("doctor-help")}`)
    .action(async (name: string | undefined, options: DoctorCommandOptions) => {
      const { doctorCommand } = await import("../actions/doctor.js");
      process.exitCode = await doctorCommand(name, options, language);
    });
}
