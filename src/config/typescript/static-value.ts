import { isPlainObject } from "../../model/expressions.js";
import type { Syntax } from "./compiler.js";

/** A function of a config, or one that a config may call. It is data: JavaScript cannot call it. */
export type Invoke = (argumentValues: readonly unknown[], call: Syntax.Node) => unknown;

/**
 * A thing of the language rather than of the container: a function, or a holder of functions such as
 * `Math` and `param`. It exists only while a config is read.
 */
export class StaticValue {
  constructor(
    readonly name: string,
    readonly invoke: Invoke | undefined,
    readonly members: ReadonlyMap<string, unknown> = new Map(),
  ) {}
}

export type Primitive = string | number | boolean | null | undefined;

/** Whether a value is none of objects, lists and functions. */
export function isPrimitive(value: unknown): value is Primitive {
  return (typeof value !== "object" && typeof value !== "function") || value === null;
}

/** An object literal's value. */
export type ObjectValue = Record<string, unknown>;

/** Whether a value is what an object literal makes. */
export function isObjectValue(value: unknown): value is ObjectValue {
  return isPlainObject(value);
}

/**
 * Sets a key of an object under construction. It is always the object's own: an assignment to
 * `__proto__` would change the prototype instead.
 */
export function setOwn(object: ObjectValue, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
