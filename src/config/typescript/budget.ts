import { limits, limitTexts } from "../limits.js";
import type { Syntax } from "./compiler.js";
import { failure } from "./failure.js";

/** Characters that count as one step: long texts cost time and memory as well. */
const charactersPerStep = 16;

/** What one reading of a config has used up. Every check throws `config-limit`. */
export class Budget {
  private steps = 0;
  private depth = 0;

  /** Counts work that is about to be done at a node. */
  spend(node: Syntax.Node, steps: number): void {
    this.steps += steps;
    if (this.steps > limits.steps) throw limit(node, "steps");
  }

  /** Runs what is one level deeper. */
  nest<Result>(node: Syntax.Node, run: () => Result): Result {
    this.spend(node, 1);
    this.depth += 1;
    if (this.depth > limits.depth) throw limit(node, "depth");
    try {
      return run();
    } finally {
      this.depth -= 1;
    }
  }

  /** Asks for an array or object of that many elements, before it is made. */
  elements(node: Syntax.Node, count: number): void {
    if (count > limits.elements) throw limit(node, "elements");
    this.spend(node, count);
  }

  /** Asks for a string of that many characters, before it is made. */
  characters(node: Syntax.Node, count: number): void {
    if (count > limits.characters) throw limit(node, "characters");
    this.spend(node, Math.ceil(count / charactersPerStep));
  }
}

/** A config that is too large, or computes for too long. */
export function limit(node: Syntax.Node, name: keyof typeof limitTexts) {
  return failure(node, "config-limit", { limit: limitTexts[name] });
}
