import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe as group, expect, it } from "vitest";
import { readConfig } from "../../src/config/index.js";
import { readContainer } from "../support/read-container.js";
import { scratchDirectory } from "../support/scratch.js";
import { limits } from "../../src/config/limits.js";
import { describe } from "../../src/model/errors.js";
import { brief, configWith, imports, problemsOf, writeConfig } from "./write-config.js";

const read = async (statements: string, fields = "") =>
  (await problemsOf(() => readConfig(writeConfig(configWith(statements, fields))))).map(brief);

group("a config of a stranger", () => {
  it("runs no code", async () => {
    const mark = path.join(scratchDirectory(), "mark");
    const write = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, "")`;
    for (const statements of [
      `${write};`,
      `const a = ${write};`,
      `const a = (() => ${write})();`,
      `const a = { get b() { ${write}; return 1; } }; const c = a.b;`,
      `class A { static { ${write}; } }`,
      `const a = [].constructor.constructor(${JSON.stringify(write)})();`,
      `const a = (() => 1).constructor(${JSON.stringify(write)})();`,
      `const a = "".constructor.constructor(${JSON.stringify(write)})();`,
      `const a = param.constructor.constructor(${JSON.stringify(write)})();`,
      `const a = param.name("A", { default: "a" }).constructor.constructor(${JSON.stringify(write)})();`,
      `const a = defineContainer.constructor(${JSON.stringify(write)})();`,
      `const a = text.bind(1);`,
      `const a = Object.entries.call([1]);`,
      `const a = import(${JSON.stringify(`data:text/javascript,${write}`)});`,
      `import a from ${JSON.stringify(`data:text/javascript,${write}`)};`,
      `const { constructor: { constructor: a } } = () => 1;`,
      `const { constructor: a } = {};`,
      `const a = { toString: () => ${write}, valueOf: () => ${write} }; const b = a + "";`,
      `const a = \`\${{ toString: () => ${write} }}\`;`,
      `const a = [1].map({ call: () => ${write} } as never);`,
      `export default (${write});`,
    ]) {
      const [found] = await problemsOf(() => readConfig(writeConfig(configWith(statements))));
      expect(found?.code, statements).toMatch(
        /^(config-(unsupported|import|throws)|typescript-syntax)$/,
      );
      expect(found?.span?.line, statements).toBe(2);
    }
    expect(existsSync(mark)).toBe(false);
  });

  it("changes no prototype", async () => {
    for (const statements of [
      'const a = { "__proto__": { polluted: 1 } };',
      'const a = { ["__proto__"]: { polluted: 1 } };',
      'const a = { ["__pro" + "to__"]: { polluted: 1 } };',
      'const a = Object.fromEntries([["__proto__", { polluted: 1 }]]);',
      "const a = { a: 1 }.__proto__;",
      'const a = ["__proto__"].map((key) => ({ [key]: { polluted: 1 } }));',
      "const { __proto__: a } = {};",
      "const __proto__ = 1; const a = { __proto__ };",
    ])
      expect((await read(statements))[0], statements).toMatch(/^config-unsupported 2:/);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    const plain = 'process: { env: { constructor: "a", hasOwnProperty: "b", toString: "c" } }';
    const { input } = await readConfig(writeConfig(configWith("", plain)));
    const { env } = (input as { process: { env: object } }).process;
    expect(Object.entries(env)).toEqual([
      ["constructor", "a"],
      ["hasOwnProperty", "b"],
      ["toString", "c"],
    ]);
    expect(Object.getPrototypeOf(env)).toBe(Object.prototype);
  });

  it.each([
    ["const a = Array.from({ length: 1e9 }, (_, i) => i);", "config-limit 2:11 40"],
    ["const a = Array.from({ length: Infinity });", "config-limit 2:11 32"],
    ['const a = "a".repeat(1e9);', "config-limit 2:11 15"],
    ['const a = "a".repeat(Infinity);', "config-limit 2:11 20"],
    ['const a = "a".padStart(1e9);', "config-limit 2:11 17"],
    ['const a = "a".padEnd(1e9, "ab");', "config-limit 2:11 21"],
    ['const a = "a".repeat(131072); const b = a.replaceAll("", a);', "config-limit 2:41 19"],
    [
      'const a = "a".repeat(9999); const b = "xx".replaceAll("x", "$`$&$\'".repeat(9999));',
      "config-limit 2:39 43",
    ],
    ['const a = "a".repeat(131072); const b = a + a;', "config-limit 2:41 5"],
    ['const a = "a".repeat(131072); const b = `${a}${a}`;', "config-limit 2:41 10"],
    ['const a = "a".repeat(131072); const b = [a, a].join("");', "config-limit 2:41 15"],
    ['const a = "a".repeat(131072); const b = a.concat(a);', "config-limit 2:41 11"],
    ['const a = "a".repeat(131072); const b = a.split("");', "config-limit 2:41 11"],
    ['const a = "a".repeat(131072); const b = [...a];', "config-limit 2:45 1"],
    ["const a = Array.from({ length: 10000 }); const b = [...a, ...a];", "config-limit 2:52 12"],
    ["const a = Array.from({ length: 10000 }); const b = a.concat(a);", "config-limit 2:52 11"],
    [
      "const a = Array.from({ length: 10000 }); const b = a.flatMap(() => a);",
      "config-limit 2:52 18",
    ],
    [
      "const a = Array.from({ length: 10000 }); const b = a.map(() => a).flat();",
      "config-limit 2:52 21",
    ],
    [
      "const a = Array.from({ length: 9999 }, (_, i) => i); const b = a.map(() => a.map((x) => x));",
      "config-limit 2:76 15",
    ],
    [
      "const a = Array.from({ length: 9999 }, (_, i) => i); const b = a.map(() => a.indexOf(-1));",
      "config-limit 2:76 13",
    ],
    [
      "const a = Array.from({ length: 9999 }, (_, i) => `${i}`); const b = a.map((x) => Object.fromEntries(a.map((k) => [k, x])));",
      "config-limit 2:114 6",
    ],
    ["const f = (): number => f(); const a = f();", "config-limit 2:25 3"],
    [
      "function f(n: number): number { return f(n + 1) + f(n + 1); } const a = f(0);",
      "config-limit 2:40 1",
    ],
    [
      "const f = (n: number): number => n === 0 ? 0 : f(n - 1) + f(n - 1); const a = f(60);",
      "config-limit 2:59 1",
    ],
  ])("%s", async (statements, expected) => {
    const started = performance.now();
    const [found] = await read(statements);
    expect(found?.split(" ")[0]).toBe("config-limit");
    expect(found).toBe(expected);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("cannot make a small file mean a large container", async () => {
    const levels = Array.from({ length: 12 }, (_, index) =>
      index === 0 ? 'const l0 = ["a"];' : `const l${index} = [${`l${index - 1},`.repeat(10)}];`,
    );
    expect(await read(levels.join("\n"), "value: l11")).toEqual(["config-limit 14:32 32"]);
    const deep = Array.from({ length: 90 }, (_, index) =>
      index === 0 ? "const l0 = [1];" : `const l${index} = [l${index - 1}];`,
    );
    expect((await read(deep.join("\n"), "value: l89"))[0]).toMatch(/^config-limit/);
    const texts = Array.from({ length: 90 }, (_, index) =>
      index === 0
        ? "const l0 = param.integer('A', { default: 1 });"
        : `const l${index} = add(l${index - 1}, l${index - 1});`,
    );
    expect((await read(texts.join("\n"), "value: l89"))[0]).toMatch(/^config-limit/);
  });

  it.each([
    ["parentheses", `const a = ${"(".repeat(60_000)}1${")".repeat(60_000)};`],
    ["arrays", `const a = ${"[".repeat(60_000)}${"]".repeat(60_000)};`],
    ["sums", `const a = ${"1+".repeat(50_000)}1;`],
    ["negations", `const a = ${"!".repeat(200_000)}1;`],
    ["conditions", `const a = ${"1?1:".repeat(50_000)}1;`],
    ["calls", `const f = 1; const a = f${"()".repeat(50_000)};`],
    ["members", `const f = 1; const a = f${".a".repeat(50_000)};`],
    ["functions", `const a = ${"()=>".repeat(50_000)}1;`],
    ["functions that are called", `const a = ${"(()=>".repeat(30_000)}1${")()".repeat(30_000)};`],
    ["types", `type A = ${"[".repeat(60_000)}${"]".repeat(60_000)};`],
    ["blocks", `function f() ${"{".repeat(60_000)}${"}".repeat(60_000)}`],
    ["patterns", `const ${"[".repeat(60_000)}a${"]".repeat(60_000)} = 1;`],
    ["templates", `const a = ${"`${".repeat(40_000)}1${"}`".repeat(40_000)};`],
  ])("cannot fill the stack with nested %s", async (_, source) => {
    const problems = await problemsOf(() => readContainer(writeConfig(configWith(source))));
    expect(problems[0]?.code).toMatch(/^(config-limit|config-throws)$/);
  });

  it("cannot keep the type checker busy", async () => {
    const started = performance.now();
    const unions = Array.from({ length: 20 }, (_, i) => `({ a${i}: 1 } | { b${i}: 2 })`).join(
      " & ",
    );
    for (const statements of [
      "type A<T> = T extends string ? A<[T]> : A<T>;",
      "type A<T, N> = { [K in keyof T]: A<T, N> };",
      "type A = `${1|2|3|4|5|6|7|8|9}${1|2|3|4|5|6|7|8|9}`;",
      "interface A<T> { b: A<[T, T]> }",
    ])
      expect((await read(statements))[0]).toMatch(/^config-unsupported 2:/);
    const spreads = Array.from(
      { length: 200 },
      (_, i) => `const a${i + 1} = { ...(1 > 2 ? a${i} : { b${i}: 1 }), ...(1 > 2 ? a${i} : {}) };`,
    );
    const [limited] = await problemsOf(() =>
      readContainer(writeConfig(configWith(`const a0 = { a: 1 };\n${spreads.join("\n")}`))),
    );
    expect(limited?.code).toBe("config-limit");
    await problemsOf(() =>
      readContainer(
        writeConfig(
          configWith(`type A = ${unions}; const a: A = 1 as never; const b: number = "";`),
        ),
      ),
    );
    expect(performance.now() - started).toBeLessThan(40_000);
  }, 60_000);

  it.each([500, 1_000, 2_000, 5_000])("cannot fill the checker's stack %i deep", async (depth) => {
    const source = `const f = () => ${"(() => ".repeat(depth)}1${")".repeat(depth)};`;
    const file = writeConfig(configWith(`${source}\nconst a: string = 1 as number;`));
    const [found] = await problemsOf(() => readContainer(file));
    expect(found?.code).toMatch(/^(config-limit|type-error)$/);
  });

  it("reads no devices, pipes, directories or large files", async () => {
    const file = writeConfig({
      ...configWith('import { a } from "./other";'),
      "directory.ts/file.ts": "",
      "large.ts": " ".repeat(limits.fileBytes + 1),
      "binary.ts": "",
    });
    const directory = path.dirname(file);
    execFileSync("mkfifo", [path.join(directory, "pipe.ts")]);
    symlinkSync("/dev/zero", path.join(directory, "zero.ts"));
    symlinkSync("loop.ts", path.join(directory, "loop.ts"));
    symlinkSync(".", path.join(directory, "here"));
    const { writeFileSync } = await import("node:fs");
    writeFileSync(path.join(directory, "binary.ts"), Buffer.from([0xff, 0xfe]));
    for (const [name, code] of [
      ["pipe", "file-unreadable"],
      ["zero", "file-unreadable"],
      ["directory", "file-unreadable"],
      ["binary", "file-unreadable"],
      ["large", "config-limit"],
      ["loop", "config-import-missing"],
      ["here/here/here/container", "config-import-cycle"],
    ] as const) {
      writeFileSync(
        file,
        `${imports}import { a } from "./${name}";\nexport default defineContainer({});`,
      );
      const [found] = await problemsOf(() => readConfig(file));
      expect(found && brief(found), name).toBe(`${code} 2:19 ${String(name.length + 4)}`);
    }
    for (const name of ["pipe.ts", "zero.ts"])
      expect((await problemsOf(() => readConfig(path.join(directory, name))))[0]?.code).toBe(
        "file-unreadable",
      );
  });

  it("imports a limited number of files", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `f${index}.ts`,
        `import { a } from "./f${index + 1}";\nexport { a };`,
      ]),
    );
    const file = writeConfig({ ...configWith('import { a } from "./f0";'), ...files });
    const [found] = await problemsOf(() => readConfig(file));
    expect(found && brief(found)).toMatch(/^config-limit 1:19/);
  });

  it("cannot send control characters to the terminal through an error", async () => {
    for (const statements of [
      'const a = {}["\u001b[2J"].b;',
      'const a = null!["\\u001b[2J"];',
      'const a = "x"["\u001b[2J"]();',
      'export { a as b } from "./other"; export { "\\u001b[2J" as c } from "./container.ts";',
      'import { "\\u001b[2J" as c } from "cooper";',
      'const a: "\u001b[2J" = "b" as string;',
      'const a: "\\u001b[2J" = "b" as string;',
    ])
      for (const found of await problemsOf(() =>
        readContainer(
          writeConfig({ ...configWith(statements), "other.ts": "export const a = 1;" }),
        ),
      ))
        for (const language of ["en", "zh"] as const)
          expect(describe(found, language), statements).not.toContain("\u001b");
    const source = 'let a = "\u001b[2J\u202e\u0007\t";';
    const [found] = await problemsOf(() => readConfig(writeConfig(configWith(source))));
    const message = found ? describe(found, "en") : "";
    expect(message).toContain('let a = "\ufffd[2J\ufffd\ufffd\t";');

    expect(message).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  it("reads nothing but the files it imports, and loads no compiler for JSON", () => {
    const json = writeConfig({ "container.json": '{"privileged": true}' });
    const loaded = (file: string) =>
      execFileSync(process.execPath, ["test/config/loaded-modules.js", file], { encoding: "utf8" });
    expect(loaded(json)).toBe("compiler: no\n");
    expect(loaded("golden/05-full/container.ts")).toBe("compiler: yes\n");
  }, 60_000);
});
