import { applyFlags, type ContainerFlags, hasFlags } from "../config/flags.js";
import { readDescription as readConfigured } from "../config/read-description.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
import type { Stack } from "../model/spec/stack.js";
import { CommandError } from "./command-error.js";
import { fileOf } from "./read-case.js";

/**
 * The container or the stack that a command line describes: by a config file, by flags, or by both, where flags come
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
): Promise<Spec | Stack> {
  if (flags.command?.length === 0) throw new CommandError("command-empty");
  if (config !== undefined) return readConfigured(fileOf(config), assignments, flags);
  if (!hasFlags(flags)) throw new CommandError("config-missing");
  return parseContainer(applyFlags(flags), assignments);
}
