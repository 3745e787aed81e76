import { Command } from "commander";
import type { Language } from "../model/language.js";
import { version } from "../model/version.js";
import { print } from "./print.js";
import { helpConfiguration } from "./help.js";
import { createContext } from "./command-context.js";
import { addCheckCommand } from "./commands/check.js";
import { addCleanCommand } from "./commands/clean.js";
import { addCompileCommand } from "./commands/compile.js";
import { addCompletionCommand } from "./commands/completion.js";
import { addDecompileCommand } from "./commands/decompile.js";
import { addDiffCommand } from "./commands/diff.js";
import { addDoctorCommand } from "./commands/doctor.js";
import { addExecCommand } from "./commands/exec.js";
import { addExplainCommand } from "./commands/explain.js";
import { addInitCommand } from "./commands/init.js";
import { addKillCommand } from "./commands/kill.js";
import { addLessonCommand } from "./commands/lesson.js";
import { addLintCommand } from "./commands/lint.js";
import { addManifestCommand } from "./commands/manifest.js";
import { addObserveCommand } from "./commands/observe.js";
import { addPageCommand } from "./commands/page.js";
import { addParityCommand } from "./commands/parity.js";
import { addParityInsideCommand } from "./commands/parity-inside.js";
import { addPlanCommand } from "./commands/plan.js";
import { addPsCommand } from "./commands/ps.js";
import { addRootfsCommand } from "./commands/rootfs.js";
import { addRunCommand } from "./commands/run.js";
import { addSchemaCommand } from "./commands/schema.js";
import { addStatsCommand } from "./commands/stats.js";
import { addVerifyCommand } from "./commands/verify.js";

/** The commands by their names, in the order in which help shows them. */
const commands = new Map([
  ["compile", addCompileCommand],
  ["run", addRunCommand],
  ["exec", addExecCommand],
  ["ps", addPsCommand],
  ["kill", addKillCommand],
  ["stats", addStatsCommand],
  ["observe", addObserveCommand],
  ["clean", addCleanCommand],
  ["doctor", addDoctorCommand],
  ["plan", addPlanCommand],
  ["diff", addDiffCommand],
  ["explain", addExplainCommand],
  ["lesson", addLessonCommand],
  ["page", addPageCommand],
  ["parity", addParityCommand],
  ["parity-inside", addParityInsideCommand],
  ["manifest", addManifestCommand],
  ["check", addCheckCommand],
  ["verify", addVerifyCommand],
  ["decompile", addDecompileCommand],
  ["lint", addLintCommand],
  ["schema", addSchemaCommand],
  ["init", addInitCommand],
  ["rootfs", addRootfsCommand],
  ["completion", addCompletionCommand],
]);

/**
 * The command line. Every command declares itself in commands/ and loads its own code, in actions/, only when
 * it runs, because start-up time is most of what a compiler of small files costs.
 *
 * @param behind what stood behind `--`: the command of a container
 * @param asked the first argument: where it names a command, no other has to be declared
 */
export function createProgram(
  language: Language,
  behind?: readonly string[],
  asked?: string,
): Command {
  const context = createContext(language, behind);
  const { say } = context;
  const program = new Command("cooper")
    .description(say("description"))
    .version(version, "-V, --version", say("version"))
    .helpOption("-h, --help", say("help"))
    .helpCommand("help [command]", say("help"))
    .configureHelp(helpConfiguration(context))
    .showHelpAfterError(false)
    // What commander would say in English is said by the messages of the command line.
    .exitOverride()
    .configureOutput({ writeOut: print, outputError: () => {} });
  const only = asked === undefined ? undefined : commands.get(asked);
  for (const add of only === undefined ? commands.values() : [only]) add(program, context);
  return program;
}
