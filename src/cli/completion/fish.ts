import { listContainers } from "./list-containers.js";
import { type CommandShape, type Completion, type OptionShape, withCommands } from "./shape.js";

/** The script that fish sources, or finds among its completions. */
export function fishCompletion(program: CommandShape, cases: readonly string[]): string {
  const lines = withCommands(program).flatMap((command) => commandLines(command, cases));
  return `# fish completion for cooper

complete -c cooper -f
${lines.join("\n")}
`;
}

function commandLines(command: CommandShape, cases: readonly string[]): string[] {
  const start = `complete -c cooper -n ${quoted(condition(command))}`;
  return [
    ...command.commands.map(
      ({ path, description }) => `${start} -a ${path.at(-1) ?? ""} -d ${quoted(description)}`,
    ),
    ...command.options.map((option) => `${start} ${optionWords(option, cases)}`),
    ...command.values.map((value) => `${start} ${valueWords(value, cases)}`),
  ];
}

/** What has to stand before: the command, and none below it. */
function condition({ path, commands }: CommandShape): string {
  if (path.length === 0) return "__fish_use_subcommand";
  const below = commands.map((each) => each.path.at(-1) ?? "");
  return [
    ...path.map((each) => `__fish_seen_subcommand_from ${each}`),
    ...(below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(" ")}`]),
  ].join("; and ");
}

function optionWords(
  { short, long, description, takesValue, values }: OptionShape,
  cases: readonly string[],
): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    // -r offers files beside what is listed, -x does not.
    ...(takesValue ? [values.some(({ from }) => from === "files") ? "-r" : "-x"] : []),
    ...values.map((value) => valueWords(value, cases)),
    `-d ${quoted(description)}`,
  ].join(" ");
}

function valueWords(value: Completion, cases: readonly string[]): string {
  if (value.from === "words") return `-a ${quoted(value.words.join(" "))}`;
  return {
    files: "-F",
    directories: `-a ${quoted("(__fish_complete_directories)")}`,
    containers: `-a ${quoted(`(${listContainers})`)}`,
    cases: `-a ${quoted(cases.join(" "))}`,
  }[value.from];
}

/** In fish, only these two characters mean something between single quotes. */
const quoted = (text: string) => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
