import type { Parameter } from "../model/value.js";
import { formatBytes } from "../model/units.js";
import { ShellVariable, type Word } from "./quote.js";
import { readableWord, type Renderer } from "./templates.js";

export interface Usage {
  readonly parameters: readonly Parameter[];
  /** What is run when the caller names nothing else; undefined for a stack, whose containers run their own. */
  readonly command: string | undefined;
}

/** What `--help` of a container's script prints, as words. */
export function usageLines({ parameters, command }: Usage, renderer: Renderer): Word[] {
  const say = (code: string, values = {}) => readableWord(renderer.message(code, values));
  const positional = parameters.reduceRight((inner, { name }) => ` [${name}${inner}]`, "");
  return helpLines(
    {
      arguments: `${positional}${command === undefined ? "" : ` [-- ${say("usage-command")}]`}`,
      summary: say("help-summary"),
      parameters: parameters.map((each) => {
        const { name, help } = each;
        const value = defaultText(each);
        const text =
          help === undefined
            ? say("help-default", { value })
            : say("help-with-default", { help, value });
        return `  ${name.padEnd(16)}  ${text}`;
      }),
      option:
        command === undefined
          ? ["--only NUMBER", say("help-only")]
          : ["-- COMMAND ARG…", say("help-command", { command })],
      closing: [say("help-exit")],
    },
    renderer,
  );
}

/** What one kind of script says in its help that others do not. */
export interface HelpTexts {
  /** What follows the options in its usage. */
  readonly arguments: string;
  readonly summary: string;
  /** A line for each parameter. */
  readonly parameters: readonly string[];
  /** The option that others do not have, and what it does. */
  readonly option: readonly [string, string];
  readonly closing: readonly string[];
}

/** The help of a script. */
export function helpLines(texts: HelpTexts, renderer: Renderer): Word[] {
  const say = (code: string) => readableWord(renderer.message(code, {}));
  const options = [
    texts.option,
    ["--dry-run", say("help-dry-run")],
    ["-q, --quiet", say("help-quiet")],
    ["--version", say("help-version")],
    ["-h, --help", say("help-help")],
  ] as const;
  return [
    [
      `${say("usage")}: `,
      new ShellVariable("script"),
      ` [${say("usage-options")}]${texts.arguments}`,
    ],
    "",
    texts.summary,
    ...(texts.parameters.length === 0 ? [] : ["", say("help-parameters"), ...texts.parameters]),
    "",
    say("help-options"),
    ...options.map(([option, help]) => `  ${option.padEnd(16)}  ${help}`),
    "",
    ...texts.closing,
  ];
}

const defaultText = ({ type, default: fallback }: Parameter) =>
  type === "bytes" ? formatBytes(Number(fallback)) : String(fallback);
