import type { Syntax } from "./compiler.js";
import { failure } from "./failure.js";

/** A name that is declared; before its line is evaluated, it has no value. */
interface Binding {
  value?: unknown;
  initialized: boolean;
}

/** The names one block declares, inside those of the blocks around it. */
export class Scope {
  private readonly bindings = new Map<string, Binding>();

  constructor(private readonly outer?: Scope) {}

  /** A block inside this one. */
  inner(): Scope {
    return new Scope(this);
  }

  /** Makes a name known before it has a value, as JavaScript does at the start of a block. */
  declare(name: string): void {
    this.bindings.set(name, { initialized: false });
  }

  initialize(name: string, value: unknown): void {
    this.bindings.set(name, { value, initialized: true });
  }

  has(name: string): boolean {
    return this.bindings.has(name) || (this.outer?.has(name) ?? false);
  }

  /** @throws CooperError `config-early-use` */
  get(name: string, node: Syntax.Node): unknown {
    const binding = this.bindings.get(name);
    if (binding === undefined) return this.outer?.get(name, node);
    if (!binding.initialized) throw failure(node, "config-early-use", { name });
    return binding.value;
  }

  /** Every name that can be used here. */
  names(): string[] {
    return [...this.bindings.keys(), ...(this.outer?.names() ?? [])];
  }
}
