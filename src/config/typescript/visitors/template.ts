import { text } from "../../../model/param.js";
import { isExpression } from "../../../model/value.js";
import type { Syntax } from "../compiler.js";
import type { Evaluation, Visitor } from "../evaluation.js";
import { textOf } from "../operators.js";
import type { Scope } from "../scope.js";

/** `${a}-${b}`. With a parameter in it, it is what text`…` would make of it. */
export const visitTemplate: Visitor<Syntax.TemplateExpression> = (node, scope, evaluation) => {
  const { strings, values } = templateParts(node, scope, evaluation);
  if (values.some(isExpression)) return text(strings, ...values);
  const parts = values.map((value, index) => `${String(value)}${strings[index + 1] ?? ""}`);
  return `${strings[0] ?? ""}${parts.join("")}`;
};

/** The fixed texts of a template and the values between them. */
export function templateParts(node: Syntax.TemplateLiteral, scope: Scope, evaluation: Evaluation) {
  const head = "head" in node ? node.head : node;
  const spans = "templateSpans" in node ? node.templateSpans : [];
  let length = head.text.length;
  const values = spans.map(({ expression, literal }) => {
    const value = evaluation.evaluate(expression, scope);
    const part = isExpression(value) ? value : textOf(value, expression);
    length += literal.text.length + (typeof part === "string" ? part.length : 0);
    evaluation.budget.characters(node, length);
    return part;
  });
  return { strings: [head.text, ...spans.map(({ literal }) => literal.text)], values };
}
