import type { Syntax } from "../compiler.js";
import type { Visitor } from "../evaluation.js";

export const visitTrue: Visitor = () => true;
export const visitFalse: Visitor = () => false;
export const visitNull: Visitor = () => null;

/** Numbers of every notation; the compiler has already taken out separators and prefixes. */
export const visitNumericLiteral: Visitor<Syntax.NumericLiteral> = ({ text }) => Number(text);

export const visitStringLiteral: Visitor<Syntax.StringLiteralLike> = (node, _, { budget }) => {
  budget.characters(node, node.text.length);
  return node.text;
};
