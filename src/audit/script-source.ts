import { compile, specHash } from "../bash/compile.js";
import { compileStack, stackHash } from "../bash/compile-stack.js";
import { labels } from "../bash/labels.js";
import { CooperError } from "../model/errors.js";
import { type Language, languages } from "../model/language.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
import { isStack, isStackInput, parseStack, type Stack } from "../model/spec/stack.js";

/** What a generated script says of itself. */
export interface ScriptSource {
  readonly language: Language;
  /** The version of Cooper that wrote it. */
  readonly version: string;
  /** The hash its header names: of the canonical spec, in hexadecimal. */
  readonly hash: string;
  /** Ids of steps that were left out. */
  readonly without: readonly string[];
  /** The spec at its end. */
  readonly described: Spec | Stack;
  /** Whether the hash is that of the spec. */
  readonly intact: boolean;
}

/**
 * Reads what a generated script says of itself: its header, and the spec at its end. Nothing of it is executed.
 *
 * @param name how errors name the script
 * @throws CooperError `script-foreign`, `script-spec`, or what is wrong with the spec
 *
 * @example
 * import { compile, readScript } from "cooper";
 *
 * const { described } = readScript(compile({ name: "web", privileged: true }));
 * console.log("name" in described && described.name); // web
 */
export function readScript(script: string, name = "script"): ScriptSource {
  const lines = script.split("\n");
  const language = languages.find((each) => lines.includes(comment(labels[each].spec)));
  const version = language && valueOf(lines, labels[language].generated);
  const hash = valueOf(lines, (value) => `sha256 ${value}`);
  if (language === undefined || version === undefined || hash === undefined)
    throw CooperError.of("script-foreign", { name });
  const described = parse(embedded(lines, labels[language].spec), name);
  return {
    language,
    version,
    hash,
    without: valueOf(lines, labels[language].without)?.split(", ") ?? [],
    described,
    intact: hash === (isStack(described) ? stackHash(described) : specHash(described)),
  };
}

/** The script that Cooper writes for what a script says of itself. */
export function regenerate({ described, language, without }: ScriptSource): string {
  const options = { language, without };
  return isStack(described) ? compileStack(described, options) : compile(described, options);
}

const comment = (text: string) => `# ${text}`;

/** What stands in place of the value in a comment of the header. */
function valueOf(lines: readonly string[], write: (value: string) => string): string | undefined {
  const [before = "", after = ""] = comment(write("\0")).split("\0");
  return lines
    .find((line) => line.startsWith(before) && line.endsWith(after))
    ?.slice(before.length, after === "" ? undefined : -after.length);
}

/** The comment lines below the last line that announces the spec. */
function embedded(lines: readonly string[], title: string): string {
  const after = lines.slice(lines.lastIndexOf(comment(title)) + 1);
  const end = after.findIndex((line) => !line.startsWith("# "));
  return after
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.slice(2))
    .join("\n");
}

function parse(json: string, name: string): Spec | Stack {
  let input: unknown;
  try {
    input = JSON.parse(json);
  } catch (error) {
    throw CooperError.of(
      "script-spec",
      { name, reason: (error as Error).message },
      { cause: error },
    );
  }
  return isStackInput(input) ? parseStack(input) : parseContainer(input);
}
