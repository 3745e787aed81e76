import { isPlainObject } from "../model/expressions.js";
import { Arithmetic, Text } from "../model/value.js";
import { limits } from "./limits.js";

/** What a finished tree may go beyond. */
export type SizeProblem = Extract<keyof typeof limits, "values" | "nesting">;

interface Size {
  readonly values: number;
  readonly nesting: number;
}

/**
 * Whether a tree is small enough to be walked by what comes after. Objects that are used in several
 * places are measured once and counted every time: ten arrays that each name the one before ten times
 * are ten billion values.
 */
export function findSizeProblem(tree: unknown): SizeProblem | undefined {
  const { values, nesting } = measure(tree, new Map(), 0);
  if (nesting > limits.nesting) return "nesting";
  return values > limits.values ? "values" : undefined;
}

function measure(value: unknown, known: Map<object, Size>, depth: number): Size {
  const children = childrenOf(value);
  if (children === undefined || typeof value !== "object" || value === null)
    return { values: 1, nesting: 0 };
  // A tree this deep is refused; going on would only risk the stack.
  if (depth > limits.nesting) return { values: 1, nesting: 1 };
  const before = known.get(value);
  if (before !== undefined) return before;
  let values = 1;
  let nesting = 0;
  for (const child of children) {
    const size = measure(child, known, depth + 1);
    values += size.values;
    nesting = Math.max(nesting, size.nesting);
  }
  const size = { values, nesting: nesting + 1 };
  known.set(value, size);
  return size;
}

function childrenOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (value instanceof Text) return value.parts;
  if (value instanceof Arithmetic) return [value.left, value.right];
  return isPlainObject(value) ? Object.values(value) : undefined;
}
