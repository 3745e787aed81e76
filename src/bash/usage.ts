import type { Parameter } from "../model/value.js";
import { formatBytes } from "../model/units.js";
import { ShellVariable, type Word } from "./quote.js";
import { readableWord, type Renderer } from "./templates.js";

export interface Usage {
  readonly parameters: readonly Parameter[];
  /** What is run when the caller names nothing else; undefined for a stack, whose containers run their own. */
  readonly command: string | undefined;
}

/** What `--help` of a script prints, as words. */
export function usageLines({ parameters, command }: Usage, renderer: Renderer): Word[] {
  const say = (code: string, values = {}) => readableWord(renderer.message(code, values));
  const positional = parameters.reduceRight((inner, { name }) => ` [${name}${inner}]`, "");
  const options: [string, string][] = [
    ...(command === undefined
      ? ([["--only NUMBER", say("help-only")]] as [string, string][])
      : ([["-- COMMAND ARG…", say("help-command", { command })]] as [string, string][])),
    ["--dry-run", say("help-dry-run")],
    ["-q, --quiet", say("help-quiet")],
    ["--version", say("help-version")],
    ["-h, --help", say("help-help")],
  ];
  return [
    [
      `${say("usage")}: `,
      new ShellVariable("script"),
      ` [${say("usage-options")}]${positional}`,
      command === undefined ? "" : ` [-- ${say("usage-command")}]`,
    ],
    "",
    say("help-summary"),
    ...(parameters.length === 0
      ? []
      : [
          "",
          say("help-parameters"),
          ...parameters.map((each) =>
            parameterLine(each, say("help-default", { value: defaultText(each) })),
          ),
        ]),
    "",
    say("help-options"),
    ...options.map(([option, help]) => `  ${option.padEnd(16)}  ${help}`),
    "",
    say("help-exit"),
  ];
}

const parameterLine = ({ name, help }: Parameter, fallback: string) =>
  `  ${name.padEnd(16)}  ${help === undefined ? "" : `${help}; `}${fallback}`;

const defaultText = ({ type, default: fallback }: Parameter) =>
  type === "bytes" ? formatBytes(Number(fallback)) : String(fallback);
