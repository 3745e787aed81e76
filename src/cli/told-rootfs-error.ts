import { RootfsError } from "../rootfs/rootfs-error.js";
import { CommandError } from "./command-error.js";

/** An error of a root file system's making, as the command line tells it. */
export function toldRootfsError(error: unknown, file: string): unknown {
  if (error instanceof RootfsError)
    return new CommandError(error.code, error.values, { cause: error });
  const { syscall, message: reason } = error as NodeJS.ErrnoException;
  return syscall === undefined
    ? error
    : new CommandError("write-failed", { file, reason }, { cause: error });
}
