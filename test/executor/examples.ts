import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repository } from "../host/repository.js";

/** Something that src/index.ts exports, and what its documentation says. */
export interface Export {
  readonly name: string;
  /** Whether it exists when a program runs: a function, a class or an object, and not only a type. */
  readonly isValue: boolean;
  readonly documentation: string;
  /** The code of its examples. */
  readonly examples: readonly string[];
}

/** Reads the exports of the library with the compiler, which follows them to where they are declared. */
export function readExports(): Export[] {
  const index = path.join(repository, "src/index.ts");
  const config = ts.readConfigFile(path.join(repository, "tsconfig.json"), (file) =>
    readFileSync(file, "utf8"),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repository);
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error("src/index.ts exports nothing");
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol =
      (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
    return {
      name: exported.name,
      isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
      documentation: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      examples: symbol
        .getJsDocTags(checker)
        .filter(({ name }) => name === "example")
        .map(({ text }) => ts.displayPartsToString(text)),
    };
  });
}

/**
 * What an example says that it prints: the comments behind its calls of console.log, one line each.
 */
export function promisedOutput(example: string): string[] {
  return [...example.matchAll(/console\.log\(.*?\);? \/\/ (.*)$/gm)].map(([, text = ""]) => text);
}
