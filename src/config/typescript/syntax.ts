import { CooperError, problem, type Problem } from "../../model/errors.js";
import { type Syntax, ts } from "./compiler.js";
import { type Advice, spanOf } from "./failure.js";
import {
  adviceFor,
  assignmentAdvice,
  dynamicImportAdvice,
  generatorAdvice,
  looseEqualityAdvice,
  sideEffectImportAdvice,
  variableAdvice,
} from "./unsupported.js";
import { binaryOperators } from "./visitors/binary.js";
import { visitors } from "./visitors/index.js";
import { unaryOperators } from "./visitors/unary.js";

const { SyntaxKind } = ts;

/** Constructs that are part of others: they have no value, so no visitor. */
const structure = new Set<Syntax.SyntaxKind>([
  SyntaxKind.SourceFile,
  SyntaxKind.EndOfFileToken,
  SyntaxKind.EmptyStatement,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ImportClause,
  SyntaxKind.NamedImports,
  SyntaxKind.NamespaceImport,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.NamedExports,
  SyntaxKind.NamespaceExport,
  SyntaxKind.ExportSpecifier,
  SyntaxKind.ExportAssignment,
  SyntaxKind.VariableStatement,
  SyntaxKind.VariableDeclarationList,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.ObjectBindingPattern,
  SyntaxKind.ArrayBindingPattern,
  SyntaxKind.BindingElement,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.Block,
  SyntaxKind.ReturnStatement,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.EnumMember,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.SpreadElement,
  SyntaxKind.ComputedPropertyName,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.TemplateSpan,
  SyntaxKind.DotDotDotToken,
  SyntaxKind.QuestionDotToken,
  SyntaxKind.QuestionToken,
  SyntaxKind.ColonToken,
  SyntaxKind.EqualsGreaterThanToken,
  SyntaxKind.ExportKeyword,
  SyntaxKind.DefaultKeyword,
  SyntaxKind.ConstKeyword,
]);

/**
 * Types say nothing about values, so nothing has to be evaluated; those that compute (conditional and
 * mapped types, type parameters) are left out, because checking them can take any amount of time.
 */
const types = new Set<Syntax.SyntaxKind>([
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.HeritageClause,
  SyntaxKind.ExpressionWithTypeArguments,
  SyntaxKind.PropertySignature,
  SyntaxKind.IndexSignature,
  SyntaxKind.TypeReference,
  SyntaxKind.QualifiedName,
  SyntaxKind.TypeLiteral,
  SyntaxKind.ArrayType,
  SyntaxKind.TupleType,
  SyntaxKind.NamedTupleMember,
  SyntaxKind.OptionalType,
  SyntaxKind.UnionType,
  SyntaxKind.IntersectionType,
  SyntaxKind.ParenthesizedType,
  SyntaxKind.LiteralType,
  SyntaxKind.FunctionType,
  SyntaxKind.TypeOperator,
  SyntaxKind.TypeQuery,
  SyntaxKind.IndexedAccessType,
  SyntaxKind.StringKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.UnknownKeyword,
  SyntaxKind.AnyKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.VoidKeyword,
  SyntaxKind.ObjectKeyword,
  SyntaxKind.ReadonlyKeyword,
  SyntaxKind.TypeKeyword,
]);

/** More would only push the first ones off the screen. */
const mostProblems = 20;

/**
 * Refuses a file that has anything outside the subset, wherever it stands: a loop in a function that
 * nobody calls is reported too.
 *
 * @throws CooperError `config-unsupported` for each place
 */
export function checkSyntax(source: Syntax.SourceFile): void {
  const problems: Problem[] = [];
  // A stack of its own: how deep a stranger nests must not matter.
  const pending: Syntax.Node[] = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const advice = findUnsupported(node);
    if (advice !== undefined) {
      problems.push(problem("config-unsupported", advice, { span: spanOf(node) }));
      if (problems.length === mostProblems) break;
      continue;
    }
    const children: Syntax.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    pending.push(...children.reverse());
  }
  const [first, ...others] = problems;
  if (first !== undefined) throw new CooperError([first, ...others]);
}

function findUnsupported(node: Syntax.Node): Advice | undefined {
  const special = checks.get(node.kind)?.(node);
  if (special !== undefined) return special;
  if (visitors.has(node.kind) || structure.has(node.kind) || types.has(node.kind)) return undefined;
  return isJudgedWithParent(node) ? undefined : adviceFor(node);
}

/** An operator belongs to its expression; `[, second]` leaves out an element, `[, 2]` makes a hole. */
function isJudgedWithParent(node: Syntax.Node): boolean {
  return (
    (ts.isBinaryExpression(node.parent) && node.parent.operatorToken === node) ||
    (ts.isOmittedExpression(node) && ts.isArrayBindingPattern(node.parent))
  );
}

type Check<Node extends Syntax.Node = Syntax.Node> = (node: Node) => Advice | undefined;

/** A check of one kind of node, for the table that only gives each check its own kind. */
const check = <Node extends Syntax.Node>(find: Check<Node>) => find as Check;

/** Constructs of which one form is supported and another is not. */
const checks = new Map<Syntax.SyntaxKind, Check>([
  [
    SyntaxKind.VariableDeclarationList,
    check<Syntax.VariableDeclarationList>((node) => {
      const keyword = node.getFirstToken()?.getText() ?? "";
      return keyword === "const" ? undefined : variableAdvice(keyword);
    }),
  ],
  [
    SyntaxKind.BinaryExpression,
    check<Syntax.BinaryExpression>(({ operatorToken }) => {
      if (binaryOperators.has(operatorToken.kind)) return undefined;
      const text = operatorToken.getText();
      if (text === "==" || text === "!=") return looseEqualityAdvice(text);
      return text.endsWith("=") ? assignmentAdvice : adviceFor(operatorToken);
    }),
  ],
  [
    SyntaxKind.PrefixUnaryExpression,
    check<Syntax.PrefixUnaryExpression>((node) =>
      unaryOperators.has(node.operator)
        ? undefined
        : node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken
          ? assignmentAdvice
          : adviceFor(node),
    ),
  ],
  [
    SyntaxKind.CallExpression,
    check<Syntax.CallExpression>((node) =>
      node.expression.kind === SyntaxKind.ImportKeyword ? dynamicImportAdvice : undefined,
    ),
  ],
  [
    SyntaxKind.ImportDeclaration,
    check<Syntax.ImportDeclaration>((node) =>
      node.importClause === undefined ? sideEffectImportAdvice : undefined,
    ),
  ],
  [
    SyntaxKind.ExportAssignment,
    check<Syntax.ExportAssignment>((node) =>
      node.isExportEquals === true ? adviceFor(node) : undefined,
    ),
  ],
  [
    SyntaxKind.FunctionDeclaration,
    check<Syntax.FunctionDeclaration>((node) =>
      node.asteriskToken !== undefined
        ? generatorAdvice
        : node.body === undefined
          ? adviceFor(node)
          : undefined,
    ),
  ],
  [
    SyntaxKind.ExpressionStatement,
    // An assignment or an `await` is better explained as what it is than as a statement.
    check<Syntax.ExpressionStatement>((node) => findUnsupported(node.expression)),
  ],
  [
    SyntaxKind.TypeOperator,
    check<Syntax.TypeOperatorNode>((node) =>
      node.operator === SyntaxKind.UniqueKeyword ? adviceFor(node) : undefined,
    ),
  ],
]);
