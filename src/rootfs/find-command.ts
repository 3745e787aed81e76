import { access, constants, stat } from "node:fs/promises";
import path from "node:path";

/** Where this host has a command, by its PATH; undefined when it has none of that name. */
export async function findCommand(command: string): Promise<string | undefined> {
  // A path would be copied to wherever it leads, out of the root file system too.
  if (!/^[^/]+$/.test(command)) return undefined;
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const candidate = path.resolve(directory, command);
    if ((await isExecutable(candidate)) && (await stat(candidate)).isFile()) return candidate;
  }
  return undefined;
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
