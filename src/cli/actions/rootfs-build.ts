import type { Language } from "../../model/language.js";
import { buildHostRootfs, MissingCommandError } from "../../rootfs/host.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";

/** `cooper rootfs build`: a minimal root file system from this host's commands. */
export async function rootfsBuildCommand(
  directory: string,
  commands: readonly string[],
  language: Language,
): Promise<void> {
  const { source } = await buildHostRootfs(directory, commands).catch((error: unknown) => {
    if (error instanceof MissingCommandError)
      throw new CommandError("rootfs-no-command", { command: error.command }, { cause: error });
    const { code, message: reason } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new CommandError("rootfs-exists", { directory }, { cause: error });
    throw new CommandError("write-failed", { file: directory, reason }, { cause: error });
  });
  console.error(message(language, "rootfs-built", { directory, source }));
}
