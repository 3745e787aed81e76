import type { Language } from "../../model/language.js";
import { buildRootfs, type BuiltRootfs } from "../../rootfs/build.js";
import { cacheDirectory } from "../../rootfs/cache.js";
import { containerConfig } from "../../rootfs/container-config.js";
import type { RootfsSaying } from "../../rootfs/saying.js";
import { SignalForwarder } from "../forward-signals.js";
import { message } from "../messages/index.js";
import { type SourceFlags, sourceOf } from "../source-flags.js";
import { createStatusLine } from "../status-line.js";
import { toldRootfsError } from "../told-rootfs-error.js";
import { warn } from "../warn.js";
import { writeOutput } from "../write-output.js";

export interface RootfsBuildOptions extends SourceFlags {
  readonly config?: string;
  readonly cache: boolean;
  readonly quiet?: true;
}

/**
 * `cooper rootfs build`: makes a root file system.
 *
 * @returns the exit status: 0, or 128 and the signal that interrupted it
 */
export async function rootfsBuildCommand(
  directory: string,
  options: RootfsBuildOptions,
  language: Language,
): Promise<number> {
  const { config, cache, quiet } = options;
  const signals = new SignalForwarder();
  const status = createStatusLine(quiet);
  const say = ({ code, values }: RootfsSaying) => message(language, code, values);
  const began = Date.now();
  try {
    const built = await buildRootfs(directory, sourceOf(options), {
      signal: signals.building,
      onProgress: (saying) => status.show(say(saying), saying.code),
      ...(cache ? { cache: cacheDirectory() } : {}),
    });
    status.clear();
    if (built.notKept !== undefined)
      warn(message(language, "rootfs-not-kept", { reason: built.notKept.message }));
    if (!quiet)
      for (const line of report(built, directory, Date.now() - began, language)) warn(line);
    if (config !== undefined)
      writeOutput(
        `${JSON.stringify(containerConfig(directory, built.run), null, 2)}\n`,
        config,
        0o644,
      );
    return 0;
  } catch (error) {
    status.clear();
    if (signals.interruption !== undefined) return signals.interruption;
    throw toldRootfsError(error, directory);
  }
}

/** What its maker has to know about a root file system. */
function report(
  { notes = [], from, cached }: BuiltRootfs,
  directory: string,
  milliseconds: number,
  language: Language,
): string[] {
  const say = ({ code, values }: RootfsSaying) => message(language, code, values);
  const seconds = (milliseconds / 1000).toFixed(1);
  const result = message(language, "rootfs-built", { directory, from: say(from), seconds });
  const date = cached?.made.toISOString().slice(0, 10) ?? "";
  return [
    ...notes.map(say),
    cached === undefined
      ? result
      : result + message(language, "rootfs-cached", { date, file: cached.file }),
  ];
}
