export interface CommandLine {
  /** What stands before `--`. */
  readonly args: readonly string[];
  /** What stands behind it; undefined without `--`. */
  readonly command: readonly string[] | undefined;
}

/** The commands of Cooper that take a command for a container. */
const takingCommand: readonly string[] = ["compile", "run", "exec", "parity"];

/**
 * Splits `cooper run CONFIG -- COMMAND…`. A command's own options are nobody else's business, so nothing
 * looks at them but the container.
 */
export function splitCommand(args: readonly string[]): CommandLine {
  const separator = args.indexOf("--");
  if (separator < 0 || !takingCommand.includes(args[0] ?? "")) return { args, command: undefined };
  return { args: args.slice(0, separator), command: args.slice(separator + 1) };
}
