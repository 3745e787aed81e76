import { compile } from "../../bash/compile.js";
import { readContainer } from "../../config/read-container.js";
import type { CompileCommandOptions } from "../program.js";
import { writeOutput } from "../write-output.js";

/** `cooper compile`: the script goes to standard output or to an executable file. */
export async function compileCommand(
  config: string,
  { output, lang, set }: CompileCommandOptions,
): Promise<void> {
  const spec = await readContainer(config, set);
  const script = compile(spec, lang === undefined ? {} : { language: lang });
  await writeOutput(script, output, 0o755);
}
