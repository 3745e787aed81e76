import { arrayMethods } from "./array-methods.js";
import type { Method } from "./method.js";
import { numberMethods } from "./number-methods.js";
import { stringMethods } from "./string-methods.js";

/** The methods a value has; undefined when it is of a kind that has none. */
export function methodsOf(receiver: unknown): ReadonlyMap<string, Method> | undefined {
  if (typeof receiver === "string") return stringMethods as ReadonlyMap<string, Method>;
  if (typeof receiver === "number") return numberMethods as ReadonlyMap<string, Method>;
  if (Array.isArray(receiver)) return arrayMethods as ReadonlyMap<string, Method>;
  return undefined;
}
