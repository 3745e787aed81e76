import type { Language } from "../../model/language.js";
import { buildRootfs } from "../../rootfs/build.js";
import { cacheDirectory } from "../../rootfs/cache.js";
import { RootfsError } from "../../rootfs/rootfs-error.js";
import type { RootfsSaying } from "../../rootfs/saying.js";
import { parseSource, type SourceOptions } from "../../rootfs/source.js";
import { CommandError } from "../command-error.js";
import { SignalForwarder } from "../forward-signals.js";
import { message } from "../messages/index.js";
import { createStatusLine } from "../status-line.js";
import { warn } from "../warn.js";

export interface RootfsBuildOptions extends SourceOptions {
  readonly from: string;
  readonly cache: boolean;
  readonly quiet?: true;
  readonly lang?: Language;
}

/**
 * `cooper rootfs build`: makes a root file system.
 *
 * @returns the exit status: 0, or 128 and the signal that interrupted it
 */
export async function rootfsBuildCommand(
  directory: string,
  { from, cache, quiet, commands, copy }: RootfsBuildOptions,
  language: Language,
): Promise<number> {
  const signals = new SignalForwarder();
  const status = createStatusLine(quiet);
  const say = ({ code, values }: RootfsSaying) => message(language, code, values);
  const began = Date.now();
  try {
    const built = await buildRootfs(directory, parseSource(from, { commands, copy }), {
      signal: signals.building,
      onProgress: (saying) => status.show(say(saying), saying.code),
      ...(cache ? { cache: cacheDirectory() } : {}),
    });
    status.clear();
    if (built.notKept !== undefined)
      warn(message(language, "rootfs-not-kept", { reason: built.notKept.message }));
    if (quiet) return 0;
    for (const note of built.notes ?? []) warn(say(note));
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    warn(
      message(language, "rootfs-built", { directory, from: say(built.from), seconds }) +
        (built.cached === undefined
          ? ""
          : message(language, "rootfs-cached", {
              date: built.cached.made.toISOString().slice(0, 10),
              file: built.cached.file,
            })),
    );
    return 0;
  } catch (error) {
    status.clear();
    if (signals.interruption !== undefined) return signals.interruption;
    if (error instanceof RootfsError)
      throw new CommandError(error.code, error.values, { cause: error });
    const { code, message: reason } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError("write-failed", { file: directory, reason }, { cause: error });
  }
}
