import { existsSync } from "node:fs";
import type { ContainerFlags } from "../config/flags.js";
import { readContainer } from "../config/read-container.js";
import type { Spec } from "../model/spec/parse.js";
import { findConfig } from "../teach/cases.js";

/**
 * The container of a config file, or of one of the cases that come with Cooper, by name or number. A file goes before
 * a case of the same name.
 *
 * @throws CooperError with every problem found
 */
export function readCaseOrConfig(
  name: string,
  flags: ContainerFlags = {},
  assignments?: ReadonlyMap<string, string>,
): Promise<Spec> {
  return readContainer(fileOf(name), assignments, flags);
}

/** The config file that a name stands for. */
export const fileOf = (name: string): string =>
  existsSync(name) ? name : (findConfig(name) ?? name);
