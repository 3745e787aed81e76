import type { ContainerInput } from "./spec/parse.js";
import type { StackInput } from "./spec/stack.js";

/**
 * Describes one container; the default export of a config.
 *
 * It returns what it is given: the function is there so that an editor knows the fields and a compiler
 * checks them. `compile`, `plan` and `run` validate.
 *
 * @example
 * import { compile, defineContainer } from "cooper";
 *
 * const container = defineContainer({ name: "web", privileged: true, root: { path: "/srv/web" } });
 * console.log(compile(container).startsWith("#!/usr/bin/env bash")); // true
 */
export function defineContainer(container: ContainerInput): ContainerInput {
  return container;
}

/**
 * Describes several containers that start together; the default export of a config.
 *
 * @example
 * import { compileStack, defineStack } from "cooper";
 *
 * const stack = defineStack({
 *   network: { mode: "bridge" },
 *   containers: ["web", "database"].map((name) => ({ name, privileged: true })),
 * });
 * console.log(compileStack(stack).startsWith("#!/usr/bin/env bash")); // true
 */
export function defineStack(stack: StackInput): StackInput {
  return stack;
}
