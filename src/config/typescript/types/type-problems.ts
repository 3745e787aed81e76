import { type Problem, problem } from "../../../model/errors.js";
import { limitTexts } from "../../limits.js";
import { sourceSpan } from "../../source-span.js";
import { printable } from "../../../model/printable.js";
import { type Syntax, ts } from "../compiler.js";
import type { Modules } from "../modules.js";
import { cooperDeclarations } from "./cooper-declarations.js";
import { withTypeBudget } from "./type-budget.js";
import { languageLibrary } from "./language-library.js";

const options: Syntax.CompilerOptions = {
  strict: true,
  noEmit: true,
  noLib: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
};

/** What the type checker says about the files of a config. Nothing but these files is read. */
export function findTypeProblems({ sources, resolutions }: Modules): Problem[] {
  const library = declarations("language.d.ts", languageLibrary);
  const cooper = declarations("cooper.d.ts", cooperDeclarations());
  const files = new Map([library, cooper, ...sources].map((file) => [file.fileName, file]));
  const host: Syntax.CompilerHost = {
    getSourceFile: (name) => files.get(name),
    getDefaultLibFileName: () => library.fileName,
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name)?.text,
    resolveModuleNameLiterals: (literals, _file, _redirect, _options, source) =>
      literals.map(({ text }) => {
        const file = text === "cooper" ? cooper : resolutions.get(source)?.get(text);
        return { resolvedModule: file && resolved(file, file === cooper) };
      }),
  };
  const rootNames = [library.fileName, ...sources.map(({ fileName }) => fileName)];
  const check = () => {
    const program = ts.createProgram({ rootNames, options, host });
    return sources.flatMap((source) =>
      program.getSemanticDiagnostics(source).map((diagnostic) => toProblem(diagnostic, source)),
    );
  };
  try {
    return withTypeBudget(check) ?? [problem("config-limit", { limit: limitTexts.types })];
  } catch (error) {
    // Like the parser, the checker descends as deep as the source nests, evaluated or not.
    if (!(error instanceof RangeError)) throw error;
    return [problem("config-limit", { limit: limitTexts.depth })];
  }
}

function declarations(name: string, text: string): Syntax.SourceFile {
  // No file of a config can be called like this: its name would be a path.
  return ts.createSourceFile(`\0${name}`, text, options.target ?? ts.ScriptTarget.ES2023);
}

function resolved(file: Syntax.SourceFile, isDeclaration: boolean): Syntax.ResolvedModuleFull {
  return {
    resolvedFileName: file.fileName,
    extension: isDeclaration ? ts.Extension.Dts : ts.Extension.Ts,
    isExternalLibraryImport: isDeclaration,
  };
}

function toProblem(diagnostic: Syntax.Diagnostic, source: Syntax.SourceFile): Problem {
  const { code, messageText, start = 0, length = 1 } = diagnostic;
  const reason = printable(
    ts.flattenDiagnosticMessageText(messageText, "; ").replace(/; +/g, "; "),
  );
  const span = sourceSpan(source.fileName, source.text, start, start + length);
  return problem("type-error", { reason, number: code }, { span });
}
