import { nearest } from "../../../model/nearest.js";
import type { Syntax } from "../compiler.js";
import type { Visitor } from "../evaluation.js";
import { failure, unsupported } from "../failure.js";
import { globalAdvice } from "../unsupported.js";

export const visitIdentifier: Visitor<Syntax.Identifier> = (node, scope) => {
  const name = node.text;
  if (scope.has(name)) return scope.get(name, node);
  const advice = globalAdvice(node);
  if (advice !== undefined) throw unsupported(node, advice);
  throw failure(node, "config-undefined", { name, suggestion: nearest(name, scope.names()) });
};
