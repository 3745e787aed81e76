import { isDeepStrictEqual } from "node:util";
import { compileStack } from "../../bash/compile-stack.js";
import { compile } from "../../bash/compile.js";
import type { Verdict } from "../../executor/parity/compare.js";
import { comparePaths } from "../../executor/parity/parity.js";
import type { Language } from "../../model/language.js";
import { CooperError } from "../../model/errors.js";
import { isStack } from "../../model/spec/stack.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import { readDescription } from "../read-description.js";
import { table } from "../table.js";

export interface ParityCommandOptions {
  readonly set?: ReadonlyMap<string, string>;
  readonly json?: true;
}

/**
 * `cooper parity`: the same container, or stack, by its script and by system calls, compared.
 *
 * @returns the exit status: 1 when they differ
 */
export async function parityCommand(
  config: string,
  command: readonly string[] | undefined,
  { set, json }: ParityCommandOptions,
  language: Language,
): Promise<number> {
  if (process.geteuid?.() !== 0) throw new CommandError("parity-root");
  const [first, ...others] = command ?? [];
  const described = await readDescription(config, {});
  if (isStack(described) && first !== undefined) throw CooperError.of("stack-flags", {});
  const verdicts = await comparePaths(described, {
    script: isStack(described)
      ? compileStack(described, { language })
      : compile(described, { language }),
    language,
    parameters: Object.fromEntries(set ?? []),
    command: first === undefined ? undefined : [first, ...others],
    program: [process.execPath, process.argv[1] ?? ""],
  });
  const different = verdicts.filter(({ same }) => !same);
  if (json) print(`${JSON.stringify({ same: different.length === 0, verdicts }, null, 2)}\n`);
  else printTable(verdicts, language);
  return different.length === 0 ? 0 : 1;
}

function printTable(verdicts: readonly Verdict[], language: Language): void {
  const say = (key: Parameters<typeof message>[1]) => message(language, key);
  const header = [
    say("parity-aspect"),
    say("parity-script"),
    say("parity-kernel"),
    say("parity-verdict"),
  ];
  const rows = verdicts
    .filter(({ script, kernel }) => script !== undefined || kernel !== undefined)
    .map(({ title, script, kernel, same, steps }) => [
      title[language],
      ...(same
        ? [hint(script), hint(kernel), say("parity-same")]
        : [
            shown(differing(script, kernel)),
            shown(differing(kernel, script)),
            message(language, "parity-differs", { steps: steps.join(", ") }),
          ]),
    ]);
  print(table([header, ...rows], process.stdout.isTTY ? process.stdout.columns : 120));
  const differences = verdicts.filter(({ same }) => !same).length;
  print(
    differences === 0
      ? `${say("parity-all-same")}\n`
      : `${message(language, "parity-differences", { count: String(differences) })}\n`,
  );
}

function shown(value: unknown): string {
  if (typeof value === "string") return value.trimEnd();
  return value === undefined ? "" : JSON.stringify(value);
}

/** What both have needs no more than a hint. */
function hint(value: unknown): string {
  const text = shown(value).replaceAll("\n", " ");
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}

/** The members of an object that another has otherwise; anything else whole. */
function differing(value: unknown, other: unknown): unknown {
  if (!isObject(value) || !isObject(other)) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => !isDeepStrictEqual(member, other[name]),
  );
  return Object.fromEntries(
    members.map(([name, member]) => [name, differing(member, other[name])]),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
