import { readDescription } from "../../src/config/index.js";
import type { Spec } from "../../src/index.js";
import { isStack } from "../../src/model/spec/stack.js";

/** Reads a config that describes one container. */
export async function readContainer(...args: Parameters<typeof readDescription>): Promise<Spec> {
  const described = await readDescription(...args);
  if (isStack(described)) throw new TypeError(`${args[0]} describes a stack`);
  return described;
}
