import { compileStack } from "../../bash/compile-stack.js";
import { compile } from "../../bash/compile.js";
import { isStack } from "../../model/spec/stack.js";
import { CooperError } from "../../model/errors.js";
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
  const language = lang === undefined ? {} : { language: lang };
  if (isStack(described) && without !== undefined) throw CooperError.of("stack-unexpected", {});
  const script = isStack(described)
    ? compileStack(described, language)
    : compile(described, { ...language, ...(without === undefined ? {} : { without }) });
  await writeOutput(script, output, 0o755);
}
