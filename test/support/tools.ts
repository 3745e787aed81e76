import { accessSync, constants, realpathSync } from "node:fs";
import path from "node:path";

/**
 * The PATH without npm's commands, which npx and npm put first: one of them is a `shellcheck` that downloads.
 */
export const systemPath = (process.env["PATH"] ?? "")
  .split(path.delimiter)
  .filter((directory) => !directory.includes("node_modules"))
  .join(path.delimiter);

/** Where a command of this machine is. */
export function commandFile(command: string): string {
  for (const directory of systemPath.split(path.delimiter))
    try {
      const file = path.join(directory, command);
      accessSync(file, constants.X_OK);
      return realpathSync(file);
    } catch {
      // Not in this directory.
    }
  throw new Error(`this machine has no ${command}`);
}
