import { type Syntax, ts } from "../compiler.js";
import type { Visitor } from "../evaluation.js";
import { visitElementAccess, visitPropertyAccess } from "./access.js";
import { visitArrayLiteral } from "./array-literal.js";
import { visitArrowFunction } from "./arrow-function.js";
import { visitBinary } from "./binary.js";
import { visitCall } from "./call.js";
import { visitConditional } from "./conditional.js";
import { visitIdentifier } from "./identifier.js";
import {
  visitFalse,
  visitNull,
  visitNumericLiteral,
  visitStringLiteral,
  visitTrue,
} from "./literals.js";
import { visitObjectLiteral } from "./object-literal.js";
import { visitTaggedTemplate } from "./tagged-template.js";
import { visitTemplate } from "./template.js";
import { visitNonNull, visitWrapped } from "./wrappers.js";
import { visitUnary } from "./unary.js";

const { SyntaxKind } = ts;

/** Which visitor gives a construct its value. What is not here is not an expression of a config. */
export const visitors: ReadonlyMap<Syntax.SyntaxKind, Visitor> = new Map([
  [SyntaxKind.ArrayLiteralExpression, visitArrayLiteral],
  [SyntaxKind.ArrowFunction, visitArrowFunction],
  [SyntaxKind.AsExpression, visitWrapped],
  [SyntaxKind.BinaryExpression, visitBinary],
  [SyntaxKind.CallExpression, visitCall],
  [SyntaxKind.ConditionalExpression, visitConditional],
  [SyntaxKind.ElementAccessExpression, visitElementAccess],
  [SyntaxKind.FalseKeyword, visitFalse],
  [SyntaxKind.Identifier, visitIdentifier],
  [SyntaxKind.NonNullExpression, visitNonNull],
  [SyntaxKind.NoSubstitutionTemplateLiteral, visitStringLiteral],
  [SyntaxKind.NullKeyword, visitNull],
  [SyntaxKind.NumericLiteral, visitNumericLiteral],
  [SyntaxKind.ObjectLiteralExpression, visitObjectLiteral],
  [SyntaxKind.ParenthesizedExpression, visitWrapped],
  [SyntaxKind.PrefixUnaryExpression, visitUnary],
  [SyntaxKind.PropertyAccessExpression, visitPropertyAccess],
  [SyntaxKind.SatisfiesExpression, visitWrapped],
  [SyntaxKind.StringLiteral, visitStringLiteral],
  [SyntaxKind.TaggedTemplateExpression, visitTaggedTemplate],
  [SyntaxKind.TemplateExpression, visitTemplate],
  [SyntaxKind.TrueKeyword, visitTrue],
  [SyntaxKind.TypeAssertionExpression, visitWrapped],
] as [Syntax.SyntaxKind, Visitor][]);
