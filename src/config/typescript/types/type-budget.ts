import { limits } from "../../limits.js";
import { ts } from "../compiler.js";

/** A class of the compiler whose instances are made by the thousand. */
type Constructor = new (first: never, second: never) => object;

/** How the compiler gets its classes; it is exported, though not part of the public types. */
interface ObjectAllocator {
  getTypeConstructor: () => Constructor;
  getSymbolConstructor: () => Constructor;
}

class TypeLimitError extends Error {}

/** How many types are made between two looks at the clock. */
const clockInterval = 256;

/**
 * Runs the type checker for as long as it stays within `limits.types` and `limits.typeMilliseconds`.
 *
 * A few lines of conditional spreads can mean unions of millions of types, and the checker knows no limit
 * on their sum. Whatever it does, it makes types and symbols, so they are counted where they are made.
 *
 * @returns undefined when the checker went beyond
 */
export function withTypeBudget<Result>(check: () => Result): Result | undefined {
  const { objectAllocator } = ts as unknown as { objectAllocator: ObjectAllocator };
  const original = { ...objectAllocator };
  const ends = performance.now() + limits.typeMilliseconds;
  let made = 0;
  const count = () => {
    made += 1;
    if (made > limits.types || (made % clockInterval === 0 && performance.now() > ends))
      throw new TypeLimitError();
  };
  const counted = (Base: Constructor) =>
    class extends Base {
      constructor(first: never, second: never) {
        super(first, second);
        count();
      }
    };
  objectAllocator.getTypeConstructor = () => counted(original.getTypeConstructor());
  objectAllocator.getSymbolConstructor = () => counted(original.getSymbolConstructor());
  try {
    return check();
  } catch (error) {
    if (error instanceof TypeLimitError) return undefined;
    throw error;
  } finally {
    Object.assign(objectAllocator, original);
  }
}
