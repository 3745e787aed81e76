import type { ContainerInput } from "./spec/parse.js";

/**
 * Describes one container; the default export of a config.
 *
 * It returns what it is given: the function is there so that an editor knows the fields and a compiler
 * checks them. `compile`, `plan` and `run` validate.
 */
export function defineContainer(container: ContainerInput): ContainerInput {
  return container;
}
