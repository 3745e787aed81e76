import { CooperError, type Span } from "../../model/errors.js";
import { findSizeProblem } from "../check-size.js";
import type { Config, FieldPart } from "../config.js";
import { limitTexts } from "../limits.js";
import { sourceSpan } from "../source-span.js";
import { type Syntax, ts } from "./compiler.js";
import { Evaluation } from "./evaluation.js";
import { advice, failure, spanOf } from "./failure.js";
import { Modules } from "./modules.js";
import { isObjectValue, StaticValue } from "./static-value.js";
import { findTypeProblems } from "./types/type-problems.js";

type Locate = (field: readonly PropertyKey[], part?: FieldPart) => Span | undefined;

/**
 * Reads a TypeScript config without executing it: its syntax tree is evaluated, construct by construct,
 * as far as the subset goes.
 *
 * @throws CooperError with the place of what cannot be read
 */
export function readTypeScript(file: string): Config {
  const evaluation = new Evaluation();
  const modules = new Modules(file, evaluation);
  const { source, exports } = modules.loadRoot();
  const input = findContainer(source, exports, evaluation);
  const locate: Locate = (field, part = "value") => {
    const node = evaluation.origins.find(input, field, part);
    return node && spanOf(node);
  };
  checkResult(input, locate);
  return {
    input,
    files: modules.sources.map(({ fileName }) => fileName),
    locate,
    typeProblems: () => findTypeProblems(modules),
  };
}

function findContainer(
  source: Syntax.SourceFile,
  exports: ReadonlyMap<string, unknown>,
  { containers }: Evaluation,
): object {
  if (!exports.has("default")) {
    // At the end of the file, where it has to be written.
    const end = source.text.trimEnd().length;
    const span = sourceSpan(source.fileName, source.text, end, end + 1);
    throw CooperError.of("config-default-missing", {}, { span });
  }
  const container = exports.get("default");
  if (isObjectValue(container) && containers.has(container)) return container;
  const statement = source.statements.find((each) => ts.isExportAssignment(each));
  throw failure(statement?.expression ?? source.endOfFileToken, "config-default-kind", {});
}

/** Nothing of the language itself may be left in the result, and the rest of Cooper has to walk it. */
function checkResult(input: object, locate: Locate): void {
  const size = findSizeProblem(input);
  if (size !== undefined)
    throw CooperError.of("config-limit", { limit: limitTexts[size] }, { span: locate([]) });
  const field = findStaticValue(input, [], new Set());
  if (field === undefined) return;
  throw CooperError.of(
    "config-unsupported",
    advice(["a function as a value", "以函数作为值"], ["call it: name(…)", "请调用它：name(…)"]),
    { field, span: locate(field) },
  );
}

function findStaticValue(
  value: unknown,
  field: readonly PropertyKey[],
  seen: Set<object>,
): readonly PropertyKey[] | undefined {
  if (value instanceof StaticValue) return field;
  if ((!Array.isArray(value) && !isObjectValue(value)) || seen.has(value)) return undefined;
  seen.add(value);
  const entries: Iterable<readonly [PropertyKey, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [key, each] of entries) {
    const found = findStaticValue(each, [...field, key], seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
