import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reasonOf } from "../kernel/errno.js";
import { CommandError } from "./command-error.js";
import { print } from "./print.js";

/**
 * Writes text to standard output, which `-` names, too, or to a file: beside it first and then renamed, so that
 * a reader never sees half of it and a failure leaves the old one. A device or a pipe is written to and never
 * replaced. Nothing else is going on meanwhile, and Node's promises of files take milliseconds to load.
 *
 * @throws CommandError `write-failed`
 */
export function writeOutput(text: string, file: string | undefined, mode: number): void {
  if (file === undefined || file === "-") {
    print(text);
    return;
  }
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${String(process.pid)}`);
  try {
    const existing = statSync(file, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isFile()) {
      writeFileSync(file, text);
      return;
    }
    writeFileSync(beside, text, { mode, flag: "wx" });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new CommandError("write-failed", { file, reason: reasonOf(error) }, { cause: error });
  }
}
