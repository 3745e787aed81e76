import { word } from "../../bash/quote.js";
import { listContainers } from "./list-containers.js";
import { type CommandShape, type Completion, type OptionShape, withCommands } from "./shape.js";

/** The script that bash sources. It needs nothing but bash: no package of completions. */
export function bashCompletion(program: CommandShape, cases: readonly string[]): string {
  const commands = withCommands(program);
  return `# bash completion for cooper

_cooper_words() {
  local word
  for word; do
    if [[ \${word} == "\${current}"* ]]; then
      COMPREPLY+=("\${word}")
    fi
  done
}

_cooper_files() {
  compopt -o filenames
  mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "\${current}" || true)
}

_cooper_directories() {
  compopt -o filenames
  mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "\${current}" || true)
}

_cooper_containers() {
  local -a names
  mapfile -t names < <({ ${listContainers}; } || true)
  _cooper_words "\${names[@]}"
}

_cooper_cases() {
  _cooper_words ${cases.map(word).join(" ")}
}

_cooper() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' each
  COMPREPLY=()
  # bash makes three words of --option=value.
  if [[ \${current} == '=' ]]; then
    current=''
  elif [[ \${previous} == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${command} \${each}" in
      # What stands behind is the command of a container.
      *' --')
        compopt -o default
        return
        ;;
      ${commands.slice(1).map(pattern).map(word).join(" | ")}) command+=" \${each}" ;;
      *) ;;
    esac
  done
  case "\${command}" in
${commands.map(branch).join("\n")}
    *) ;;
  esac
}

complete -F _cooper cooper
`;
}

const pattern = ({ path }: CommandShape) => path.map((each) => ` ${each}`).join("");

function branch(command: CommandShape): string {
  const options = command.options.filter(({ takesValue }) => takesValue);
  const names = command.options.flatMap(optionNames);
  return `    ${word(pattern(command))})
${options.length === 0 ? "" : optionValues(options)}      if [[ \${current} == -* ]]; then
        _cooper_words ${names.join(" ")}
      else
${argumentValues(command).map(indented(8)).join("\n")}
      fi
      ;;`;
}

const argumentValues = ({ values, commands }: CommandShape) => {
  const names = commands.map(({ path }) => path.at(-1) ?? "");
  const calls = [
    ...(names.length === 0 ? [] : [call({ from: "words", words: names })]),
    ...values.map(call),
  ];
  return calls.length === 0 ? [":"] : calls;
};

const optionNames = ({ short, long }: OptionShape) => [
  ...(short === undefined ? [] : [short]),
  long,
];

/** What completes the word behind an option; options with the same values share a branch. */
function optionValues(options: readonly OptionShape[]): string {
  const called = ({ values }: OptionShape) => values.map(call).join("\n");
  const branches = [...new Set(options.map(called))].flatMap((calls) => [
    `        ${options
      .filter((each) => called(each) === calls)
      .flatMap(optionNames)
      .join(" | ")})`,
    ...[...calls.split("\n").filter((each) => each !== ""), "return"].map(indented(10)),
    "          ;;",
  ]);
  return `      case "\${previous}" in
${branches.join("\n")}
        *) ;;
      esac
`;
}

const call = (completion: Completion) =>
  completion.from === "words"
    ? `_cooper_words ${completion.words.map(word).join(" ")}`
    : `_cooper_${completion.from}`;

const indented = (columns: number) => (line: string) => " ".repeat(columns) + line;
