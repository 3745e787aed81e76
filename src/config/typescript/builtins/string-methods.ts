import { type Method, type MethodCall, methodOf, native, primitives } from "./method.js";
import type { Primitive } from "../static-value.js";

type TextCall = MethodCall<string>;

/** How long the result can become, where it can be longer than the text and the arguments together. */
type Bound = (text: string, values: readonly Primitive[]) => number;

const padded: Bound = (text, [length]) => Math.max(text.length, Number(length) || 0);

const repeated: Bound = (text, [count]) => text.length * Math.max(0, Number(count) || 0);

const joined: Bound = (text, values) =>
  values.reduce<number>((length, value) => length + String(value).length, text.length);

const replaced: Bound = (text, [pattern, replacement]) => {
  const occurrences = text.split(String(pattern)).length + 1;
  const inserted = String(replacement);
  // $& and its like insert parts of the text once more.
  return (
    text.length + occurrences * inserted.length * (inserted.includes("$") ? text.length + 1 : 1)
  );
};

const bounds: Readonly<Record<string, Bound>> = {
  concat: joined,
  padEnd: padded,
  padStart: padded,
  repeat: repeated,
  replace: replaced,
  replaceAll: replaced,
};

/** Methods of strings; each does exactly what JavaScript's does. */
const names = [
  "at",
  "charAt",
  "concat",
  "endsWith",
  "includes",
  "indexOf",
  "lastIndexOf",
  "padEnd",
  "padStart",
  "repeat",
  "replace",
  "replaceAll",
  "slice",
  "split",
  "startsWith",
  "substring",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "trim",
  "trimEnd",
  "trimStart",
] as const;

const textMethod =
  (name: (typeof names)[number]) =>
  ({ receiver, values, call, evaluation: { budget, origins } }: TextCall): unknown => {
    const given = primitives(name, values, call);
    budget.characters(call, bounds[name]?.(receiver, given) ?? receiver.length);
    const method = methodOf(String.prototype, name);
    const result = native(name, call, () => Reflect.apply(method, receiver, given));
    if (typeof result === "string") budget.characters(call, result.length);
    if (Array.isArray(result)) {
      budget.elements(call, result.length);
      origins.record(result, call);
    }
    return result;
  };

export const stringMethods: ReadonlyMap<string, Method<string>> = new Map(
  names.map((name) => [name, textMethod(name)]),
);
