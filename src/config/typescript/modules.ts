import { realpathSync } from "node:fs";
import path from "node:path";
import { CooperError } from "../../model/errors.js";
import { nearest } from "../../model/nearest.js";
import { limits } from "../limits.js";
import { readSource } from "../read-source.js";
import { printable } from "../../model/printable.js";
import { cooperExports } from "./builtins/cooper.js";
import { globalScope } from "./builtins/globals.js";
import { type Syntax, ts } from "./compiler.js";
import { limit } from "./budget.js";
import type { Evaluation } from "./evaluation.js";
import { failure, spanOf } from "./failure.js";
import { parseSource } from "./parse-source.js";
import { Scope } from "./scope.js";
import { defaultExport, executeStatements } from "./statements.js";
import { type ObjectValue, setOwn, StaticValue } from "./static-value.js";
import { boundNames } from "./binding.js";

/** A file after it was evaluated: what others can import from it. */
export interface Module {
  readonly source: Syntax.SourceFile;
  readonly exports: ReadonlyMap<string, unknown>;
}

/** The files of one config, each read and evaluated once, imports before the file that imports them. */
export class Modules {
  /** By real path; undefined while a file's own imports are being evaluated. */
  private readonly modules = new Map<string, Module | undefined>();
  /** Which file an import leads to, for the type checker. */
  readonly resolutions = new Map<Syntax.SourceFile, Map<string, Syntax.SourceFile>>();
  private readonly cooper: ReadonlyMap<string, unknown>;
  private readonly globals: Scope;

  /** @param root the path of the config as the user gave it */
  constructor(
    private readonly root: string,
    private readonly evaluation: Evaluation,
  ) {
    this.cooper = cooperExports(evaluation);
    this.globals = globalScope(evaluation);
  }

  /** Evaluates the config itself. */
  loadRoot(): Module {
    const text = readSource(this.root);
    return this.evaluate(realpathSync(this.root), this.root, text);
  }

  /** Every file, in the order in which they were begun. */
  get sources(): Syntax.SourceFile[] {
    return [...this.modules.values()].flatMap((module) => module?.source ?? []);
  }

  private evaluate(file: string, shown: string, text: string): Module {
    this.modules.set(file, undefined);
    const source = parseSource(shown, text);
    const scope = new Scope(this.globals);
    const imported = this.importAll(file, source, scope);
    executeStatements(source.statements, scope, this.evaluation);
    const module = { source, exports: this.exportsOf(source, scope, imported) };
    this.modules.set(file, module);
    return module;
  }

  /** Evaluates what a file imports or re-exports, in its order, and declares the names. */
  private importAll(file: string, source: Syntax.SourceFile, scope: Scope) {
    const imported = new Map<Syntax.Node, ReadonlyMap<string, unknown>>();
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const { moduleSpecifier } = statement;
      if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
      const exports = this.load(file, source, moduleSpecifier);
      imported.set(statement, exports);
      if (ts.isImportDeclaration(statement)) this.declareImports(statement, exports, scope);
    }
    return imported;
  }

  private load(
    importer: string,
    source: Syntax.SourceFile,
    specifier: Syntax.StringLiteral,
  ): ReadonlyMap<string, unknown> {
    if (specifier.text === "cooper") return this.cooper;
    const file = resolveImport(importer, specifier);
    const real = realPath(file, this.show(file), specifier);
    if (!this.modules.has(real) && this.modules.size >= limits.files)
      throw limit(specifier, "files");
    if (this.modules.has(real) && this.modules.get(real) === undefined)
      throw failure(specifier, "config-import-cycle", { module: specifier.text });
    const module =
      this.modules.get(real) ?? this.evaluate(real, this.show(real), this.read(real, specifier));
    const resolved = this.resolutions.get(source) ?? new Map<string, Syntax.SourceFile>();
    this.resolutions.set(source, resolved.set(specifier.text, module.source));
    return module.exports;
  }

  private read(file: string, specifier: Syntax.StringLiteral): string {
    try {
      return readSource(file, this.show(file));
    } catch (error) {
      if (!(error instanceof CooperError)) throw error;
      const { code, parameters } = error.problems[0];
      throw new CooperError([{ code, parameters, span: spanOf(specifier) }], { cause: error });
    }
  }

  /** How messages name an imported file: like the config itself, from here or from the root. */
  private show(file: string): string {
    return path.isAbsolute(this.root) ? file : path.relative(process.cwd(), file);
  }

  private declareImports(
    { importClause, moduleSpecifier }: Syntax.ImportDeclaration,
    exports: ReadonlyMap<string, unknown>,
    scope: Scope,
  ): void {
    // A type has no value; the type checker sees to it.
    if (importClause === undefined || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword)
      return;
    const { name, namedBindings } = importClause;
    if (name !== undefined)
      scope.initialize(name.text, exported(exports, "default", name, moduleSpecifier));
    if (namedBindings === undefined) return;
    if (ts.isNamespaceImport(namedBindings)) {
      scope.initialize(namedBindings.name.text, this.namespace(exports, moduleSpecifier));
      return;
    }
    for (const { isTypeOnly, propertyName, name: local } of namedBindings.elements)
      if (!isTypeOnly) {
        const wanted = propertyName ?? local;
        scope.initialize(local.text, exported(exports, wanted.text, wanted, moduleSpecifier));
      }
  }

  /** `import * as name`: an object of all exports, in the order of the alphabet as JavaScript has it. */
  private namespace(exports: ReadonlyMap<string, unknown>, specifier: Syntax.Node): unknown {
    if (exports === this.cooper) return new StaticValue("cooper", undefined, exports);
    const object: ObjectValue = {};
    for (const name of [...exports.keys()].sort()) setOwn(object, name, exports.get(name));
    this.evaluation.origins.record(object, specifier);
    return object;
  }

  private exportsOf(
    source: Syntax.SourceFile,
    scope: Scope,
    imported: ReadonlyMap<Syntax.Node, ReadonlyMap<string, unknown>>,
  ): Map<string, unknown> {
    const exports = new Map<string, unknown>();
    const inherited = new Map<string, unknown>();
    for (const statement of source.statements) {
      for (const [name, local] of declaredExports(statement))
        exports.set(name, scope.get(local, statement));
      if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) continue;
      const from = imported.get(statement);
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined) {
        for (const [name, value] of from ?? []) if (name !== "default") inherited.set(name, value);
      } else if (ts.isNamespaceExport(exportClause)) {
        if (from !== undefined)
          exports.set(exportClause.name.text, this.namespace(from, moduleSpecifier ?? statement));
      } else
        for (const element of exportClause.elements)
          if (!element.isTypeOnly)
            exports.set(element.name.text, exportedValue(element, from, moduleSpecifier, scope));
    }
    // A name of one's own hides the same name of `export *`.
    return new Map([...inherited, ...exports]);
  }
}

/** The value of one name of `export { … }`, with or without `from`. */
function exportedValue(
  { propertyName, name }: Syntax.ExportSpecifier,
  from: ReadonlyMap<string, unknown> | undefined,
  moduleSpecifier: Syntax.Expression | undefined,
  scope: Scope,
): unknown {
  const wanted = propertyName ?? name;
  if (from !== undefined && moduleSpecifier !== undefined)
    return exported(from, wanted.text, wanted, moduleSpecifier);
  if (scope.has(wanted.text)) return scope.get(wanted.text, wanted);
  throw failure(wanted, "config-undefined", {
    name: wanted.text,
    suggestion: nearest(wanted.text, scope.names()),
  });
}

/** What `export const`, `export function`, `export enum` and `export default` give: name and local name. */
function declaredExports(statement: Syntax.Statement): (readonly [string, string])[] {
  if (ts.isExportAssignment(statement)) return [["default", defaultExport]];
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: Syntax.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations
      .flatMap(({ name }) => boundNames(name))
      .map((name) => [name, name]);
  if (ts.isEnumDeclaration(statement)) return [[statement.name.text, statement.name.text]];
  if (!ts.isFunctionDeclaration(statement)) return [];
  const name = statement.name?.text ?? defaultExport;
  return [[has(ts.SyntaxKind.DefaultKeyword) ? "default" : name, name]];
}

function exported(
  exports: ReadonlyMap<string, unknown>,
  name: string,
  node: Syntax.Node,
  moduleSpecifier: Syntax.Expression,
): unknown {
  if (exports.has(name)) return exports.get(name);
  const module = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
  const suggestion = nearest(name, [...exports.keys()]);
  throw failure(node, "config-export-missing", { module, name: printable(name), suggestion });
}

/** The file a relative import means: `./x.ts`, `./x.js` as compiled code says, or `./x`. */
function resolveImport(importer: string, specifier: Syntax.StringLiteral): string {
  const { text } = specifier;
  if (
    !/^\.\.?\//.test(text) ||
    /\.(?:json|[cm]?jsx|tsx|[cm][jt]s|d\.ts)$/.test(text) ||
    text.includes("\0")
  )
    throw failure(specifier, "config-import", { module: text });
  return `${path.resolve(path.dirname(importer), text.replace(/\.[jt]s$/, ""))}.ts`;
}

function realPath(file: string, shown: string, specifier: Syntax.StringLiteral): string {
  try {
    return realpathSync(file);
  } catch (error) {
    throw CooperError.of(
      "config-import-missing",
      { module: specifier.text, file: shown },
      { span: spanOf(specifier), cause: error },
    );
  }
}
