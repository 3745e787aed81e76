import type { FieldPart } from "../config.js";
import type { Syntax } from "./compiler.js";

/** Where one entry of an object or array was written. */
export interface Entry {
  readonly key: Syntax.Node;
  readonly value: Syntax.Node;
}

interface Origin {
  readonly node: Syntax.Node;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Remembers which piece of source every object and array came from. */
export class Origins {
  private readonly origins = new WeakMap<object, Origin>();

  record(value: object, node: Syntax.Node, entries: ReadonlyMap<string, Entry> = new Map()): void {
    this.origins.set(value, { node, entries });
  }

  /** The entries of a value, to be taken over by one that it is spread into. */
  entriesOf(value: unknown): ReadonlyMap<string, Entry> {
    return this.originOf(value)?.entries ?? new Map<string, Entry>();
  }

  /** The node of a field of `root`; undefined when there is no such field. */
  find(root: unknown, field: readonly PropertyKey[], part: FieldPart): Syntax.Node | undefined {
    let value = root;
    let node = this.originOf(root)?.node;
    for (const [index, key] of field.entries()) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
        return undefined;
      const origin = this.originOf(value);
      const entry = origin?.entries.get(String(key));
      // Without an entry of its own, such as an element made by `map`, it is where the whole was made.
      const around = origin?.node ?? node;
      node = entry === undefined ? around : entry[index === field.length - 1 ? part : "value"];
      value = (value as Record<PropertyKey, unknown>)[key];
    }
    return node;
  }

  private originOf(value: unknown): Origin | undefined {
    return typeof value === "object" && value !== null ? this.origins.get(value) : undefined;
  }
}
