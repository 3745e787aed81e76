import { compileStack } from "../../bash/compile-stack.js";
import { compile } from "../../bash/compile.js";
import { isStack } from "../../model/spec/stack.js";
import type { ContainerFlags } from "../../config/flags.js";
import type { Language } from "../../model/language.js";
import type { ConfigOptions } from "../command-context.js";
import { readDescription } from "../read-description.js";
import { writeOutput } from "../write-output.js";

export interface CompileCommandOptions extends ConfigOptions {
  readonly output?: string;
  readonly lang?: Language;
  readonly without?: readonly string[];
}

/** `cooper compile`: the script goes to standard output or to an executable file. */
export async function compileCommand(
  config: string | undefined,
  flags: ContainerFlags,
  { output, lang, set, without }: CompileCommandOptions,
): Promise<void> {
  const described = await readDescription(config, flags, set);
  const options = {
    ...(lang === undefined ? {} : { language: lang }),
    ...(without === undefined ? {} : { without }),
  };
  const script = isStack(described)
    ? compileStack(described, options)
    : compile(described, options);
  writeOutput(script, output, 0o755);
}
