import { describe as group, expect, it } from "vitest";
import { describe } from "../../src/model/errors.js";
import { readConfig } from "../../src/config/index.js";
import { brief, configWith, problemsOf, writeConfig } from "./write-config.js";

const read = (statements: string, fields?: string) =>
  problemsOf(() => readConfig(writeConfig(configWith(statements, fields))));

/** Source (line 2), where the caret stands and how far it reaches, and a part of what to write instead. */
const statements: [source: string, place: string, instead: string][] = [
  ["let a = 1;", "2:1 9", "write const"],
  ["var a = 1;", "2:1 9", "write const"],
  ["for (const a of [1]) {}", "2:1 23", "Array.from({ length }"],
  ["for (let i = 0; i < 2; i++) {}", "2:1 30", "Array.from({ length }"],
  ["for (const a in {}) {}", "2:1 22", "map"],
  ["while (true) {}", "2:1 15", "map"],
  ["do {} while (true);", "2:1 19", "map"],
  ["if (true) {}", "2:1 12", "condition ? … : …"],
  ["switch (1) {}", "2:1 13", "condition ? … : …"],
  ["try {} finally {}", "2:1 17", "leave it out"],
  ["throw 1;", "2:1 8", "leave it out"],
  ["class A {}", "2:1 10", "a function that returns one"],
  ["const a = class {};", "2:11 8", "a function that returns one"],
  ["const a = function () { return 1; };", "2:11 25", "arrow function"],
  ["function* a() { return 1; }", "2:1 27", "Array.from({ length }"],
  ["async function a() { return 1; }", "2:1 5", "nothing can be awaited"],
  ["const a = await 1;", "2:11 7", "nothing can be awaited"],
  ["await 1;", "2:1 8", "nothing can be awaited"],
  ["const a = new Map();", "2:11 9", "literal"],
  ["const a = { get b() { return 1; } };", "2:13 21", "ordinary property"],
  ["const a = { set b(c) {} };", "2:13 11", "ordinary property"],
  ["const a = { b() { return 1; } };", "2:13 17", "arrow function"],
  ["const a = /x/;", "2:11 3", "startsWith"],
  ["const a = 1n;", "2:11 2", "without the n"],
  ["const a = [1, , 2];", "2:14 1", "write undefined"],
  ["const a = typeof 1;", "2:11 8", "const"],
  ["const a = { b: 1 }; delete a.b;", "2:21 11", "rest"],
  ["const a = 1; a = 2;", "2:14 6", "const of its own"],
  ["const a = 1; a += 2;", "2:14 7", "const of its own"],
  ["const a = 1; a++;", "2:14 4", "const of its own"],
  ["const a = 1; --a;", "2:14 4", "const of its own"],
  ["const a = 1 == 1;", "2:11 6", "write ==="],
  ["const a = 1 != 1;", "2:11 6", "write !=="],
  ['fetch("https://example.com");', "2:1 29", "keep its value with const"],
  ["console.log(1);", "2:1 15", "keep its value with const"],
  ['const a = import("./a.js");', "2:11 16", "import declaration"],
  ["const a = import.meta;", "2:11 11", "write the path"],
  ["const a = this;", "2:11 4", "const object"],
  ["declare const a: string;", "2:1 7", "import the value"],
  ["namespace A {}", "2:1 14", "import the value"],
  ['import fs = require("node:fs");', "2:1 31", "import { … } from"],
  ["type A<T> = T extends 1 ? 2 : 3;", "2:8 1", "write the type out"],
  ["type A = { [K in string]: K };", "2:10 20", "write the type out"],
  ["const a = process.env.HOST_NAME;", "2:11 7", 'param.text("HOST_NAME", { default: "…" })'],
  ['const a = process.env["HOST"];', "2:11 7", 'param.text("HOST", { default: "…" })'],
  // No parameter can have this name.
  ["const a = process.env.HOME;", "2:11 7", 'param.text("NAME", { default: "…" })'],
  ["const a = process.pid;", "2:11 7", "param.text"],
  ["const a = globalThis;", "2:11 10", "param.text"],
  ["const a = Date.now();", "2:11 4", "param.text"],
  ["const a = Math.random();", "2:16 6", "write the number itself"],
  ['const a = require("node:fs");', "2:11 7", "import { … } from"],
  ['const a = eval("1");', "2:11 4", "never executed"],
  ['const a = Function("return 1");', "2:11 8", "never executed"],
  ["const a = [2, 1].sort();", "2:18 4", "toSorted"],
  ["const a = [2, 1].push(1);", "2:18 4", "[...array, value]"],
  ['const a = "a".localeCompare("b");', "2:15 13", "startsWith"],
  ['const a = ["a"].map("a".trim);', "2:25 4", "value.trim(…)"],
  ["const a = {}.constructor;", "2:14 11", "what can be read here"],
  ["const a = [].constructor;", "2:14 11", "what can be read here"],
  ["const a = (() => 1).constructor;", "2:21 11", "what can be read here"],
  ["const a = [1] + 1;", "2:11 3", "take the text or number out"],
  ["const a = `${[1]}`;", "2:14 3", ".join(…)"],
  ["const a = { __proto__: 1 };", "2:13 9", "another name"],
  ['const a = { ["__proto__"]: 1 };', "2:13 13", "another name"],
  ["const a = {}.__proto__;", "2:14 9", "another name"],
  ['const a = Object.fromEntries([["__proto__", 1]]);', "2:11 38", "another name"],
  ["const a = String.raw`a`;", "2:18 3", "what can be read here"],
  ["const tag = () => 1; const a = tag`a`;", "2:32 3", "text`…`"],
];

group("what is outside the subset", () => {
  it.each(statements)("%s", async (source, place, instead) => {
    const [found] = await read(source);
    expect(found && brief(found)).toBe(`config-unsupported ${place}`);
    expect(found && describe(found, "en")).toContain(instead);
    expect(found && describe(found, "zh")).toMatch(/配置不会被执行，因此不支持/);
  });

  it("is reported in functions that nobody calls, and all of it at once", async () => {
    const problems = await read("const f = () => {\n  let a = 1;\n  return new Date();\n};");
    expect(problems.map(brief)).toEqual(["config-unsupported 3:3 9", "config-unsupported 4:10 10"]);
  });

  it("has a message with the file, the source line and a caret", async () => {
    const file = writeConfig(configWith("let a = 1;"));
    const [found] = await problemsOf(() => readConfig(file));
    expect(found && describe(found, "en")).toBe(
      `${file}:2:1: \`let\` is not supported, because a config is never executed; write const\n` +
        "  let a = 1;\n  ^^^^^^^^^",
    );
  });
});

const parameter = 'const quota = param.integer("QUOTA", { default: 5 });';
const name = 'const name = param.name("NAME", { default: "n" });';

group("a parameter has no value yet", () => {
  it.each([
    [parameter, "quota * 2", "multiply(quota, 2)"],
    [parameter, "quota - 2", "subtract(quota, 2)"],
    [parameter, "2 / quota", "divide(quota, 2)"],
    [parameter, "quota + 2", "add(quota, 2)"],
    [parameter, "-quota", "subtract(quota, 2)"],
    [parameter, "quota > 3", "use a literal"],
    [parameter, "quota === 3", "use a literal"],
    [parameter, "quota ? 1 : 2", "decide by a const"],
    [parameter, "quota && 2", "decide by a const"],
    [parameter, "!quota", "decide by a const"],
    [parameter, "Math.max(quota, 2)", "use a literal"],
    [parameter, "quota.toString()", "use a literal"],
    [parameter, "{ ...quota }", "use a literal"],
    [name, 'name + "-host"', "text`…${name}…`"],
    [name, '"host-" + name', "text`…${name}…`"],
    [name, "name.toUpperCase()", "use a literal"],
    [name, '"a".concat(name)', "use a literal"],
    [name, "[...name]", "use a literal"],
  ])("%s %s", async (declaration, expression, instead) => {
    const [found] = await read(`${declaration}\nconst a = ${expression};`);
    expect(found?.code).toBe("config-unsupported");
    expect(found?.span?.line).toBe(3);
    expect(found && describe(found, "en")).toContain(instead);
  });

  it.each(["String(name)", '[name].join(",")', "({ [name]: 1 })"])("%s", async (expression) => {
    const [found] = await read(`${name}\nconst a = ${expression};`);
    expect(found?.code).toBe("parameter-in-string");
    expect(found?.span?.line).toBe(3);
  });
});
