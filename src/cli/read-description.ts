import { applyFlags, type ContainerFlags, hasFlags } from "../config/flags.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
import { CommandError } from "./command-error.js";
import { readCaseOrConfig } from "./read-case.js";

/**
 * The container that a command line describes: by a config file, by flags, or by both, where flags come
 * first.
 *
 * @param assignments parameters of the config to fix now, by name
 * @throws CommandError when there is neither
 * @throws CooperError with every problem found
 */
export async function readDescription(
  config: string | undefined,
  flags: ContainerFlags,
  assignments?: ReadonlyMap<string, string>,
): Promise<Spec> {
  if (flags.command?.length === 0) throw new CommandError("command-empty");
  if (config !== undefined) return readCaseOrConfig(config, flags, assignments);
  if (!hasFlags(flags)) throw new CommandError("config-missing");
  return parseContainer(applyFlags(flags), assignments);
}
