import { execve } from "../calls/process.js";
import type { SystemCall } from "../system-call.js";

/** Where commands are searched for when the environment has no PATH; as execvp(3) of glibc has it. */
export const defaultPath = "/bin:/usr/bin";

/**
 * The execve calls that find a command as execvp(3) does: itself when its name has a slash,
 * otherwise one for each directory of PATH, where an empty one is the working directory. Unlike
 * execvp, a file that is neither a binary nor has a `#!` line is an error (ENOEXEC), not a script.
 *
 * @param command the argument vector; its first element names the file
 * @param environment `NAME=value` strings; its PATH (or {@link defaultPath}) is searched
 */
export function executeCommand(
  command: readonly [string, ...string[]],
  environment: readonly string[],
): [SystemCall, ...SystemCall[]] {
  const [file] = command;
  if (file.includes("/") || file === "") return [execve(file, command, environment)];
  const assigned = environment.find((each) => each.startsWith("PATH="));
  const path = assigned?.slice("PATH=".length) ?? defaultPath;
  const [first = "", ...rest] = new Set(path.split(":"));
  const inDirectory = (directory: string): SystemCall =>
    execve(directory === "" ? file : `${directory}/${file}`, command, environment);
  return [inDirectory(first), ...rest.map(inDirectory)];
}
