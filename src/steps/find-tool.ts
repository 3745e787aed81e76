import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Where commands of the host are looked for: PATH, and where the tools of administrators are, which cron leaves out. */
export const toolPath = (): string =>
  `${process.env["PATH"] ?? "/usr/bin:/bin"}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Where a command is; undefined where it is not installed. */
export function findTool(tool: string): string | undefined {
  return toolPath()
    .split(path.delimiter)
    .map((directory) => path.join(directory || ".", tool))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
