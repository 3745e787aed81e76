import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** Where commands of the host are looked for: PATH, and where the tools of administrators are, which cron leaves out. */
export const toolPath = (): string =>
  `${process.env["PATH"] ?? "/usr/bin:/bin"}:/usr/local/sbin:/usr/sbin:/sbin`;

/**
 * Where this host has a command; undefined when it has none of that name. What has a slash is no name: it may lead
 * anywhere.
 *
 * @param suits whether a command is one to take
 */
export function findTool(tool: string, suits: (file: string) => boolean = () => true) {
  if (tool.includes("/")) return undefined;
  return toolPath()
    .split(path.delimiter)
    .map((directory) => path.resolve(directory, tool))
    .find((file) => isExecutable(file) && suits(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
