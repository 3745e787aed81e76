import { CooperError } from "../../model/errors.js";
import { limitTexts } from "../limits.js";
import { sourceSpan } from "../source-span.js";
import { type Syntax, ts } from "./compiler.js";
import { checkSyntax } from "./syntax.js";

/**
 * Parses one file of a config.
 *
 * @param shown how messages name the file
 * @throws CooperError `typescript-syntax`, `config-unsupported`, `config-limit`
 */
export function parseSource(shown: string, text: string): Syntax.SourceFile {
  const source = createSource(shown, text);
  // The parser keeps its complaints in a field that the public types leave out; the public way to them
  // is a whole program.
  const { parseDiagnostics } = source as unknown as {
    parseDiagnostics: readonly Syntax.DiagnosticWithLocation[];
  };
  // Only the first: the others mostly follow from it.
  const [first] = parseDiagnostics;
  if (first !== undefined) {
    const span = sourceSpan(shown, text, first.start, first.start + first.length);
    const reason = ts.flattenDiagnosticMessageText(first.messageText, " ");
    throw CooperError.of("typescript-syntax", { reason }, { span });
  }
  checkSyntax(source);
  return source;
}

function createSource(shown: string, text: string): Syntax.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.ES2023 };
  try {
    return ts.createSourceFile(shown, text, options, true, ts.ScriptKind.TS);
  } catch (error) {
    // The parser descends as deep as the source nests; what is left is a stack that is full.
    if (!(error instanceof RangeError)) throw error;
    throw CooperError.of(
      "config-limit",
      { limit: limitTexts.depth },
      { span: sourceSpan(shown, text, 0, 1), cause: error },
    );
  }
}
