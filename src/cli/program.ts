import { Command, Option } from "commander";
import type { ContainerFlags } from "../config/flags.js";
import { CooperError } from "../model/errors.js";
import { type Language, languages } from "../model/language.js";
import { version } from "../model/version.js";
import { addContainerFlags, containerFlags } from "./container-flags.js";
import type { ParityCommandOptions } from "./commands/parity.js";
import type { RunCommandOptions } from "./commands/run.js";
import { message, type MessageKey } from "./messages/index.js";
import { print } from "./print.js";

/** Collects `--set NAME=VALUE`. */
function assignment(
  text: string,
  sofar: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw CooperError.of("parameter-assignment", { text });
  return new Map([...sofar, [text.slice(0, at), text.slice(at + 1)]]);
}

/**
 * The command line. Every command loads its own code only when it runs, because start-up time is most of
 * what a compiler of small files costs.
 *
 * @param behind what stood behind `--`: the command of a container
 */
export function createProgram(language: Language, behind?: readonly string[]): Command {
  const say = (key: MessageKey) => message(language, key);
  const lang = (key: MessageKey) =>
    new Option("--lang <language>", say(key)).choices([...languages]);
  const set = (key: MessageKey = "set") =>
    new Option("--set <NAME=VALUE>", say(key)).argParser(assignment);
  const program = new Command("cooper")
    .description(say("description"))
    .version(version, "-V, --version", say("version"))
    .helpOption("-h, --help", say("help"))
    .helpCommand("help [command]", say("help"))
    .showHelpAfterError(false)
    // What commander would say in English is said by the messages of the command line.
    .exitOverride()
    .configureOutput({ outputError: () => {} });

  const compile = program
    .command("compile")
    .description(say("compile"))
    .usage("[options] [config] [-- COMMAND…]")
    .argument("[config]", say("run-config"))
    .option("-o, --output <file>", say("output"))
    .addOption(lang("compile-lang"))
    .addOption(set())
    .action(async (config: string | undefined, options: CompileCommandOptions & ContainerFlags) => {
      const { compileCommand } = await import("./commands/compile.js");
      await compileCommand(config, containerFlags(options, behind), options);
    });
  addContainerFlags(compile, language);

  const run = program
    .command("run")
    .description(say("run"))
    .usage("[options] [config] [-- COMMAND…]")
    .argument("[config]", say("run-config"))
    .option("-q, --quiet", say("quiet"))
    .addOption(lang("lang"))
    .addOption(set("run-set"))
    .addHelpText("after", `\n${say("run-exit")}`)
    .action(async (config: string | undefined, options: RunCommandOptions & ContainerFlags) => {
      const { runCommand } = await import("./commands/run.js");
      const flags = containerFlags(options, behind);
      process.exitCode = await runCommand(config, flags, options, language);
    });
  addContainerFlags(run, language);

  program
    .command("exec")
    .description(say("exec"))
    .usage("[options] <name> -- COMMAND…")
    .argument("<name>", say("container"))
    .addOption(lang("lang"))
    .addHelpText("after", `\n${say("run-exit")}`)
    .action(async (name: string) => {
      const { execCommand } = await import("./commands/exec.js");
      process.exitCode = await execCommand(name, behind);
    });

  program
    .command("ps")
    .description(say("ps"))
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .action(async (options: JsonOption) => {
      const { psCommand } = await import("./commands/ps.js");
      psCommand(options, language);
    });

  program
    .command("kill")
    .description(say("kill"))
    .argument("<names...>", say("container"))
    .option("-s, --signal <signal>", say("signal"), "TERM")
    .addOption(lang("lang"))
    .action(async (names: string[], { signal }: { readonly signal: string }) => {
      const { killCommand } = await import("./commands/kill.js");
      killCommand(names, signal);
    });

  program
    .command("stats")
    .description(say("stats"))
    .argument("<name>", say("container"))
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .action(async (name: string, options: JsonOption) => {
      const { statsCommand } = await import("./commands/stats.js");
      await statsCommand(name, options, language);
    });

  program
    .command("observe")
    .description(say("observe"))
    .argument("<name>", say("container"))
    // There is no other form; whoever wants JSON may say so.
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .action(async (name: string) => {
      const { observeCommand } = await import("./commands/observe.js");
      await observeCommand(name);
    });

  program
    .command("clean")
    .description(say("clean"))
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .action(async (options: JsonOption) => {
      const { cleanCommand } = await import("./commands/clean.js");
      await cleanCommand(options, language);
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
    .command("parity")
    .description(say("parity"))
    .usage("[options] <config> [-- COMMAND…]")
    .argument("<config>", say("config"))
    .option("--json", say("json"))
    .addOption(lang("lang"))
    .addOption(set("run-set"))
    .action(async (config: string, options: ParityCommandOptions) => {
      const { parityCommand } = await import("./commands/parity.js");
      process.exitCode = await parityCommand(config, behind, options, language);
    });

  // What `cooper parity` starts in its simulated hosts.
  program.command("parity-inside", { hidden: true }).action(async () => {
    const { parityInsideCommand } = await import("./commands/parity-inside.js");
    await parityInsideCommand();
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
      print(`${JSON.stringify(containerJsonSchema(), null, 2)}\n`);
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

interface JsonOption {
  readonly json?: true;
}

export interface ConfigOptions {
  readonly set?: ReadonlyMap<string, string>;
}

export interface CompileCommandOptions extends ConfigOptions {
  readonly output?: string;
  readonly lang?: Language;
}

export interface PlanCommandOptions extends ConfigOptions {
  readonly json?: true;
}
