import { rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { reasonOf } from "../kernel/errno.js";
import { CommandError } from "./command-error.js";
import { print } from "./print.js";

/**
 * Writes text to standard output, which `-` names, too, or to a file: beside it first and then renamed, so that
 * a reader never sees half of it and a failure leaves the old one. A device or a pipe is written to and never
 * replaced.
 */
export async function writeOutput(
  text: string,
  file: string | undefined,
  mode: number,
): Promise<void> {
  if (file === undefined || file === "-") {
    print(text);
    return;
  }
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${String(process.pid)}`);
  try {
    const existing = await stat(file).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) {
      await writeFile(file, text);
      return;
    }
    await writeFile(beside, text, { mode, flag: "wx" });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new CommandError("write-failed", { file, reason: reasonOf(error) }, { cause: error });
  }
}
