import path from "node:path";
import ts from "typescript";
import { describe as group, expect, it } from "vitest";
import { arrayMethods } from "../../src/config/typescript/builtins/array-methods.js";
import { cooperExports } from "../../src/config/typescript/builtins/cooper.js";
import { globalScope } from "../../src/config/typescript/builtins/globals.js";
import { numberMethods } from "../../src/config/typescript/builtins/number-methods.js";
import { stringMethods } from "../../src/config/typescript/builtins/string-methods.js";
import { ts as compiler } from "../../src/config/typescript/compiler.js";
import { Evaluation } from "../../src/config/typescript/evaluation.js";
import { StaticValue } from "../../src/config/typescript/static-value.js";
import { cooperDeclarations } from "../../src/config/typescript/types/cooper-declarations.js";
import { languageLibrary } from "../../src/config/typescript/types/language-library.js";

/** What the real compiler says about a file beside this one, with these files at its side. */
function check(files: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    process.cwd(),
  );
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [path.join(import.meta.dirname, name), text]),
  );
  const withTexts: ts.CompilerHost = {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    getSourceFile: (file, languageVersion, ...rest) => {
      const text = texts.get(file);
      return text === undefined
        ? host.getSourceFile(file, languageVersion, ...rest)
        : ts.createSourceFile(file, text, languageVersion);
    },
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: true }, withTexts);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || texts.has(file.fileName))
    .map(({ messageText, file, start = 0 }) => {
      const line = file?.text.slice(0, start).split("\n").length ?? 0;
      return `${String(line)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

group("the declarations configs are checked with", () => {
  it("are the package's own", () => {
    expect(
      check({
        "declared.d.ts": cooperDeclarations(),
        "comparison.ts": `
          import * as real from "../../src/index.js";
          import type * as declared from "./declared.js";
          declare const module: typeof declared;
          export const input: declared.ContainerInput = {} as real.ContainerInput;
          export const back: real.ContainerInput = {} as declared.ContainerInput;
          type Names = Exclude<keyof typeof declared, "defineContainer">;
          type Builders = Pick<typeof real, Names>;
          export const builders: Pick<typeof declared, Names> = {} as Builders;
          export const realBuilders: Builders = module;
          export const container: declared.ContainerInput = module.defineContainer({});
          // @ts-expect-error -- the comparison must be able to fail
          export const wrong: real.ContainerInput = {} as Omit<declared.ContainerInput, "banner"> & { banner: 5 };
          // @ts-expect-error -- the comparison must be able to fail
          export const less: declared.ContainerInput = {} as Omit<real.ContainerInput, "banner"> & { banner?: number };
        `,
      }),
    ).toEqual([]);
  }, 60_000);

  it("offer exactly what the reader gives", () => {
    const declared = [
      ...cooperDeclarations().matchAll(/^export declare (?:const|function) (\w+)/gm),
    ];
    const given = cooperExports(new Evaluation());
    expect(declared.map(([, name]) => name).sort()).toEqual([...given.keys()].sort());
  });

  it("say of the language what TypeScript's own library says", () => {
    // Iteration hangs on one symbol and FlatArray on one Array: the comparison uses the real library's.
    const library = languageLibrary
      .replace(/^.*\b(?:Symbol|SymbolConstructor|IterableIterator|ArrayIterator)\b.*$/gm, "")
      .replace(/^(?:interface|type) (?:Iter|StringIterator).*$/gm, "")
      .replace(/^type FlatArray[^]*?^\}.*$/m, "")
      .replace(/^(?=interface|type|declare)/gm, "export ");
    expect(
      check({
        "library.d.ts": library,
        "comparison.ts": `
          import type * as mini from "./library.js";
          export const text: mini.String = "";
          export const number: mini.Number = 1;
          export const list: mini.ReadonlyArray<number> = [] as readonly number[];
          export const array: mini.Array<number> = [] as number[];
          export const values: [typeof mini.Array, typeof mini.Boolean, typeof mini.Number, typeof mini.String, typeof mini.Math, typeof mini.Object] =
            [Array, Boolean, Number, String, Math, Object];
          // @ts-expect-error -- the comparison must be able to fail
          export const wrong: mini.String = 5;
        `,
      }),
    ).toEqual([]);
  }, 60_000);

  const members = memberNames();

  it.each([
    ["String", stringMethods, ["length"]],
    ["Number", numberMethods, []],
    ["ReadonlyArray", arrayMethods, ["length"]],
  ] as const)("declare the methods of %s that the reader evaluates", (name, methods, fields) => {
    expect(members.get(`interface ${name}`)).toEqual([...methods.keys(), ...fields].sort());
  });

  it.each(["Array", "Boolean", "Math", "Number", "Object", "String"])(
    "declare the functions of %s that the reader evaluates",
    (name) => {
      const source = compiler.createSourceFile("x.ts", "x", compiler.ScriptTarget.ES2023);
      const value = globalScope(new Evaluation()).get(name, source);
      const given = value instanceof StaticValue ? [...value.members.keys()] : [];
      expect(members.get(`var ${name}`)).toEqual(given.sort());
    },
  );
});

/** The named members of every interface and variable of the library. */
function memberNames(): Map<string, string[]> {
  const source = ts.createSourceFile("library.d.ts", languageLibrary, ts.ScriptTarget.ES2023);
  const found = new Map<string, string[]>();
  const add = (name: string, members: readonly ts.TypeElement[]) =>
    found.set(
      name,
      [
        ...new Set(
          members.flatMap(({ name: key }) => (key && ts.isIdentifier(key) ? [key.text] : [])),
        ),
      ].sort(),
    );
  for (const statement of source.statements)
    if (ts.isInterfaceDeclaration(statement))
      add(`interface ${statement.name.text}`, statement.members);
    else if (ts.isVariableStatement(statement))
      for (const { name, type } of statement.declarationList.declarations)
        if (ts.isIdentifier(name))
          add(`var ${name.text}`, type && ts.isTypeLiteralNode(type) ? type.members : []);
  return found;
}
