import { CooperError, type ProblemCode, type Span } from "../../model/errors.js";
import type { Translated } from "../../model/language.js";
import { sourceSpan } from "../source-span.js";
import { printable } from "../../model/printable.js";
import type { Syntax } from "./compiler.js";

/** Where a node stands, without the comments before it. */
export function spanOf(node: Syntax.Node): Span {
  const source = node.getSourceFile();
  return sourceSpan(source.fileName, source.text, node.getStart(source), node.getEnd());
}

/** The error for something wrong at a node. */
export function failure<Code extends ProblemCode>(
  node: Syntax.Node,
  code: Code,
  parameters: Parameters<typeof CooperError.of<Code>>[1],
): CooperError {
  return CooperError.of(code, parameters, { span: spanOf(node) });
}

/** What cannot be read, as a noun phrase, and what to write instead, as an imperative. */
export interface Advice {
  readonly construct: Translated;
  readonly instead: Translated;
}

/** Names the construct in both languages; in Chinese a space stands before a Latin word. */
export function advice(
  construct: readonly [en: string, zh: string],
  instead: readonly [en: string, zh: string],
): Advice {
  const spaced = /^[\x20-\x7e]/.test(construct[1]) ? ` ${construct[1]}` : construct[1];
  return {
    construct: { en: printable(construct[0]), zh: printable(spaced) },
    instead: { en: printable(instead[0]), zh: printable(instead[1]) },
  };
}

/** What the subset of TypeScript does not have. */
export const unsupported = (node: Syntax.Node, what: Advice) =>
  failure(node, "config-unsupported", what);

/** Where JavaScript itself would throw. */
export const throws = (node: Syntax.Node, en: string, zh: string) =>
  failure(node, "config-throws", { reason: { en: printable(en), zh: printable(zh) } });

/** A call that its function does not take. */
export const badCall = (node: Syntax.Node, en: string, zh: string) =>
  failure(node, "config-call", { reason: { en: printable(en), zh: printable(zh) } });
