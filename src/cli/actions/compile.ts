import { compile } from "../../bash/compile.js";
import type { ContainerFlags } from "../../config/flags.js";
import type { Language } from "../../model/language.js";
import type { ConfigOptions } from "../command-context.js";
import { readDescription } from "../read-description.js";
import { writeOutput } from "../write-output.js";

export interface CompileCommandOptions extends ConfigOptions {
  readonly output?: string;
  readonly lang?: Language;
}

/** `cooper compile`: the script goes to standard output or to an executable file. */
export async function compileCommand(
  config: string | undefined,
  flags: ContainerFlags,
  { output, lang, set }: CompileCommandOptions,
): Promise<void> {
  const spec = await readDescription(config, flags, set);
  const script = compile(spec, lang === undefined ? {} : { language: lang });
  await writeOutput(script, output, 0o755);
}
