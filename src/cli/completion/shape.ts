import type { Argument, Command, Option } from "commander";

/** What may stand in a place: one of some words, or what the shell finds when it completes. */
export type Completion =
  | { readonly from: "files" | "directories" | "containers" | "cases" }
  | { readonly from: "words"; readonly words: readonly string[] };

export interface OptionShape {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** What its value may be; empty where only the user knows. */
  readonly values: readonly Completion[];
}

/** A command as a shell has to know it to complete its words. */
export interface CommandShape {
  /** Its name below `cooper`, such as `["rootfs", "build"]`; empty for `cooper` itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** What its arguments may be. */
  readonly values: readonly Completion[];
  readonly commands: readonly CommandShape[];
}

/** The command and those below it, without hidden ones. */
export function shapeOf(command: Command, path: readonly string[] = []): CommandShape {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    options: help.visibleOptions(command).map(optionShape),
    values: unique([
      ...command.registeredArguments.flatMap(argumentValues),
      ...(readCases.has(command.name()) ? [{ from: "cases" } as const] : []),
    ]),
    commands: help
      .visibleCommands(command)
      // `help` is commander's own, and says what `--help` says.
      .filter((each) => command.commands.includes(each))
      .map((each) => shapeOf(each, [...path, each.name()])),
  };
}

/** The command and all below it. */
export const withCommands = (shape: CommandShape): CommandShape[] => [
  shape,
  ...shape.commands.flatMap(withCommands),
];

const optionShape = (option: Option): OptionShape => ({
  short: option.short,
  long: option.long ?? option.flags,
  description: option.description,
  takesValue: option.required || option.optional,
  values: optionValues(option),
});

function optionValues({ argChoices, flags }: Option): Completion[] {
  if (argChoices !== undefined) return [{ from: "words", words: argChoices }];
  if (/<(file|path)>/.test(flags)) return [{ from: "files" }];
  return flags.includes("<directory>") ? [{ from: "directories" }] : [];
}

/** By the names that the commands give their arguments; each means the same in all of them. */
const valuesByName: Readonly<Record<string, Completion>> = {
  config: { from: "files" },
  configs: { from: "files" },
  before: { from: "files" },
  after: { from: "files" },
  file: { from: "files" },
  files: { from: "files" },
  script: { from: "files" },
  scripts: { from: "files" },
  directory: { from: "directories" },
  name: { from: "containers" },
  names: { from: "containers" },
};

/** The commands that also take one of the cases that come with Cooper. */
const readCases = new Set(["check", "diff", "explain", "lesson", "manifest", "page", "plan"]);

function argumentValues(argument: Argument): Completion[] {
  if (argument.argChoices !== undefined) return [{ from: "words", words: argument.argChoices }];
  const values = valuesByName[argument.name()];
  return values === undefined ? [] : [values];
}

const unique = (values: readonly Completion[]) => [
  ...new Map(values.map((each) => [JSON.stringify(each), each])).values(),
];
