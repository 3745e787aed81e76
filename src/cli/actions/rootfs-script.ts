import { compileRootfs } from "../../bash/compile-rootfs.js";
import type { Language } from "../../model/language.js";
import { SignalForwarder } from "../forward-signals.js";
import { type SourceFlags, sourceOf } from "../source-flags.js";
import { toldRootfsError } from "../told-rootfs-error.js";
import { writeOutput } from "../write-output.js";

export interface RootfsScriptOptions extends SourceFlags {
  readonly output?: string;
  readonly lang?: Language;
}

/**
 * `cooper rootfs script`: the script goes to standard output or to an executable file.
 *
 * @returns the exit status: 0, or 128 and the signal that interrupted it
 */
export async function rootfsScriptCommand(
  directory: string | undefined,
  options: RootfsScriptOptions,
): Promise<number> {
  const signals = new SignalForwarder();
  try {
    const language = options.lang === undefined ? {} : { language: options.lang };
    const script = await compileRootfs(sourceOf(options), directory, language, signals.building);
    writeOutput(script, options.output, 0o755);
    return 0;
  } catch (error) {
    if (signals.interruption !== undefined) return signals.interruption;
    throw toldRootfsError(error, directory ?? "");
  }
}
