import { listContainers } from "./list-containers.js";
import { type CommandShape, type Completion, type OptionShape, withCommands } from "./shape.js";

/** The script that zsh sources, or finds as `_cooper` on its fpath. */
export function zshCompletion(program: CommandShape, cases: readonly string[]): string {
  return `#compdef cooper

_cooper_containers() {
  local -a names=(\${(f)"$(${listContainers})"})
  compadd -a names
}

_cooper_cases() {
  compadd -- ${cases.map(quoted).join(" ")}
}

${withCommands(program).map(commandFunction).join("\n\n")}

if [[ \${funcstack[1]} == _cooper ]]; then
  _cooper "$@"
else
  compdef _cooper cooper
fi
`;
}

const functionName = (path: readonly string[]) => ["_cooper", ...path].join("_");

function commandFunction(command: CommandShape): string {
  const options = command.options.flatMap(optionSpecs);
  return command.commands.length === 0
    ? withArguments(command, options)
    : withSubcommands(command, options);
}

const withArguments = ({ path, values }: CommandShape, options: readonly string[]) =>
  `${functionName(path)}() {
  _arguments -S ${continued([...options, ...(values.length === 0 ? [] : [quoted(`*: :${action(values)}`)])])}
}`;

const withSubcommands = ({ path, commands }: CommandShape, options: readonly string[]) =>
  `${functionName(path)}() {
  local curcontext=\${curcontext} state line
  _arguments -C ${continued([...options, quoted("1: :->command"), quoted("*:: :->arguments")])}
  case \${state} in
    command)
      local -a commands=(
${commands.map((each) => `        ${quoted(`${nameOf(each)}:${each.description}`)}`).join("\n")}
      )
      _describe command commands
      ;;
    arguments)
      case \${words[1]} in
${commands.map((each) => `        ${nameOf(each)}) ${functionName(each.path)} ;;`).join("\n")}
      esac
      ;;
  esac
}`;

const nameOf = ({ path }: CommandShape) => path.at(-1) ?? "";

const optionSpecs = ({ short, long, description, takesValue, values }: OptionShape) =>
  [...(short === undefined ? [] : [short]), long].map((name) => {
    const told = description.replace(/[\\[\]:]/g, "\\$&");
    const equals = takesValue && name.startsWith("--") ? "=" : "";
    return quoted(`*${name}${equals}[${told}]${takesValue ? `: :${action(values)}` : ""}`);
  });

/**
 * What `_arguments` does to complete a value; several are offered together. The space keeps `_arguments` from handing
 * `_alternative` options of compadd, which it does not know.
 */
function action(values: readonly Completion[]): string {
  const [first, ...others] = values.map(single);
  if (first === undefined) return "";
  return others.length === 0
    ? first.alone
    : ` _alternative ${[first, ...others].map(tagged).join(" ")}`;
}

interface Action {
  readonly from: string;
  readonly alone: string;
}

const tagged = ({ from, alone }: Action) => `"${from}: :${alone}"`;

const functions = {
  files: "_files",
  directories: "_directories",
  containers: "_cooper_containers",
  cases: "_cooper_cases",
} as const;

const single = (value: Completion): Action => ({
  from: value.from,
  alone: value.from === "words" ? `(${value.words.join(" ")})` : functions[value.from],
});

const continued = (words: readonly string[]) => words.map((each) => `\\\n    ${each}`).join(" ");

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
