import { Command, Option } from "commander";
import { CooperError } from "../model/errors.js";
import { type Language, languages } from "../model/language.js";
import { version } from "../model/version.js";
import { message, type MessageKey } from "./messages/index.js";

/** Collects `--set NAME=VALUE`. */
function assignment(text: string, sofar: ReadonlyMap<string, string>): Map<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw CooperError.of("parameter-assignment", { text });
  return new Map([...sofar, [text.slice(0, at), text.slice(at + 1)]]);
}

/**
 * The command line. Every command loads its own code only when it runs, because start-up time is most of
 * what a compiler of small files costs.
 */
export function createProgram(language: Language): Command {
  const say = (key: MessageKey) => message(language, key);
  const lang = (key: MessageKey) =>
    new Option("--lang <language>", say(key)).choices([...languages]);
  const set = () =>
    new Option("--set <NAME=VALUE>", say("set"))
      .argParser(assignment)
      .default(new Map<string, string>(), "");
  const program = new Command("cooper")
    .description(say("description"))
    .version(version, "-V, --version", say("version"))
    .helpOption("-h, --help", say("help"))
    .helpCommand("help [command]", say("help"))
    .showHelpAfterError(false);

  program
    .command("compile")
    .description(say("compile"))
    .argument("<config>", say("config"))
    .option("-o, --output <file>", say("output"))
    .addOption(lang("compile-lang"))
    .addOption(set())
    .action(async (config: string, options: CompileCommandOptions) => {
      const { compileCommand } = await import("./commands/compile.js");
      await compileCommand(config, options);
    });

  program
    .command("plan")
    .description(say("plan"))
    .argument("<config>", say("config"))
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .addOption(set())
    .action(async (config: string, options: PlanCommandOptions) => {
      const { planCommand } = await import("./commands/plan.js");
      await planCommand(config, options, language);
    });

  program
    .command("lint")
    .description(say("lint"))
    .argument("<files...>", say("files"))
    .addOption(lang("lang"))
    .action(async (files: string[]) => {
      const { lintCommand } = await import("./commands/lint.js");
      process.exitCode = await lintCommand(files, language);
    });

  program
    .command("schema")
    .description(say("schema"))
    .action(async () => {
      const { containerJsonSchema } = await import("../model/spec/json-schema.js");
      process.stdout.write(`${JSON.stringify(containerJsonSchema(), null, 2)}\n`);
    });

  program
    .command("init")
    .description(say("init"))
    .argument("[file]", say("init-file"), "container.ts")
    .addOption(lang("lang"))
    .action(async (file: string) => {
      const { initCommand } = await import("./commands/init.js");
      await initCommand(file, language);
    });

  const rootfs = program.command("rootfs").description(say("rootfs"));
  rootfs
    .command("build")
    .description(say("rootfs-build"))
    .argument("<directory>", say("rootfs-directory"))
    .option("--commands <names...>", say("rootfs-commands"), ["sh"])
    .addOption(lang("lang"))
    .action(async (directory: string, options: { commands: string[] }) => {
      const { rootfsBuildCommand } = await import("./commands/rootfs-build.js");
      await rootfsBuildCommand(directory, options.commands, language);
    });

  return program;
}

export interface ConfigOptions {
  readonly set: ReadonlyMap<string, string>;
}

export interface CompileCommandOptions extends ConfigOptions {
  readonly output?: string;
  readonly lang?: Language;
}

export interface PlanCommandOptions extends ConfigOptions {
  readonly json?: true;
}
