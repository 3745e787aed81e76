import type { Syntax } from "../compiler.js";
import type { Visitor } from "../evaluation.js";
import { unsupported, advice } from "../failure.js";
import { textTag } from "../builtins/cooper.js";
import { templateParts } from "./template.js";
import { text } from "../../../model/param.js";

/** text`…`, the only tag there is. */
export const visitTaggedTemplate: Visitor<Syntax.TaggedTemplateExpression> = (
  node,
  scope,
  evaluation,
) => {
  if (evaluation.evaluate(node.tag, scope) !== textTag)
    throw unsupported(
      node.tag,
      advice(
        ["a template tag other than text", "text 以外的模板标签"],
        ["write text`…` or call a function", "请写 text`…`，或调用函数"],
      ),
    );
  const { strings, values } = templateParts(node.template, scope, evaluation);
  return text(strings, ...values);
};
