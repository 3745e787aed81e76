import { writeFileSync } from "node:fs";
import vm from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import { describe as group, expect, it } from "vitest";
import { readConfig } from "../../src/config/index.js";
import { CooperError } from "../../src/model/errors.js";
import { expressionSource } from "./expression-source.js";
import { writeConfig } from "./write-config.js";

const config = writeConfig({ "container.ts": "" });

/** What the reader makes of the expression `value` after these statements. */
async function readValue(statements: string, value: string): Promise<unknown> {
  writeFileSync(
    config,
    `import { defineContainer } from "cooper";\n${statements}\n` +
      `export default defineContainer({ value: ${value} } as never);\n`,
  );
  const { input } = await readConfig(config);
  return (input as { value: unknown }).value;
}

/** What JavaScript makes of the same, compiled by TypeScript itself. */
function runValue(statements: string, value: string): unknown {
  const { outputText } = ts.transpileModule(`${statements}\nconst result = (${value});`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  return vm.runInNewContext(`"use strict";\n${outputText}\nresult;`, {}, { timeout: 5_000 });
}

function isTypeScript(value: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(`(${value})`, { reportDiagnostics: true });
  return diagnostics.length === 0;
}

/** A text that differs whenever two values differ, -0 and undefined included. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${show(each)}`)
      .join(", ")}}`;
  if (typeof value === "string") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

async function outcome(run: () => unknown): Promise<string> {
  try {
    return show(await run());
  } catch (error) {
    // Cooper says `config-throws` where JavaScript throws; anything else it says is a failure.
    if (error instanceof CooperError && error.code !== "config-throws") throw error;
    return "throws";
  }
}

async function expectSame(statements: string, value: string): Promise<void> {
  const read = await outcome(() => readValue(statements, value));
  expect(read, value).toBe(await outcome(() => runValue(statements, value)));
}

group("evaluation is JavaScript's", () => {
  it("for generated expressions", async () => {
    await fc.assert(
      fc.asyncProperty(expressionSource, (source) => {
        // TypeScript takes some comparisons for type arguments: `each < ((1 > (2)) ? 3 : 4)`.
        fc.pre(isTypeScript(source));
        return expectSame("", source);
      }),
      { numRuns: 3_000 },
    );
  }, 180_000);

  it.each([
    ["", "1_000 + 0x10 + 0b11 + 0o7 + 1e3 + .5"],
    ["", "[-7 % 3, 7 % -3, -0, 0 / 0, 2 ** -1, (-8) ** (1 / 3), 1 / 0]"],
    ["", '[+"5", +"", +"x", -"3", +true, +undefined, 1 + null, "a" + undefined]'],
    ["", '["b" > "a", "10" < "9", 10 < "9", null >= 0, undefined >= 0, NaN === NaN]'],
    ["", '[0 || "a", "" ?? "b", null ?? "c", 0 && 1, "x" && 2, !0, !!"a"]'],
    [
      "const a = { b: null as { c?: { d: number } } | null };",
      "[a.b?.c?.d, a.b?.c!.d, (a.b?.c)?.d]",
    ],
    ["const a = { b: undefined };", "a.b?.c.d.e"],
    ["const a = { b: undefined };", "(a.b?.c).d"],
    ["const a = { f: undefined as undefined | (() => number) };", "[a.f?.(), a?.f?.()]"],
    ["const a = null;", 'a?.["x"].y(1).z'],
    ["const a = null;", "a!.x"],
    ["", "undefined.x"],
    ["", '[..."añ😀", ...[1, ...[2]]]'],
    ["", '({ ..."ab", ...[7], ...null, ...undefined, ...1, ...{ x: 1 } })'],
    ["", '({ b: 1, 2: "two", a: 3, 1: "one", ["c" + 1]: 4, "d e": 5, 1e3: 6, b: 7 })'],
    [
      "const { a, b: { c = 3, ...d }, ...e } = { a: 1, b: { x: 9, y: 8 }, f: 2, g: 4 };",
      "[a, c, d, e]",
    ],
    ["const [a, , b = 5, ...c] = [1, 2, undefined, 4, 6];", "[a, b, c]"],
    ["const [a, b] = 'xy';", "[a, b]"],
    ["const { [`k${1}`]: a } = { k1: 'v' };", "a"],
    ["const { a } = null as never;", "a"],
    [
      "const f = (a: number, b = a * 2, ...c: number[]) => [a, b, c];",
      "[f(1), f(1, undefined, 3), f(1, 2, 3, 4)]",
    ],
    ["const f = ({ a = 1, b }: { a?: number; b?: number } = {}) => [a, b];", "[f(), f({ b: 2 })]"],
    ["function f(n: number): number { return n < 2 ? n : f(n - 1) + f(n - 2); }", "f(10)"],
    ["function f() { const a = 1; { const b = a + 1; return b; } }", "f()"],
    ["function f() { }", "f()"],
    ["const counter = g(3); function g(x: number) { return (y: number) => x * y; }", "counter(4)"],
    ["const x = 1; const f = () => { const x = 2; return (() => x)(); };", "[f(), x]"],
    [
      "enum Size { Small, Large = 5, Huge, Name = 'n', Twice = Large * 2 }",
      "[Size.Huge, Size[5], Size.Name, Size.Twice, Object.keys(Size)]",
    ],
    ["", "Array.from({ length: 3 }, (_, i) => i * i)"],
    [
      "",
      '[Array.from("ab"), Array.from([1, 2], (x) => x + 1), Array.from({ length: 2 }), Array.from({ length: -1 }), Array.from({ length: "2" as never })]',
    ],
    ["", "Array.from({ length: 2, 0: 'a', 1: 'b' })"],
    ["", "[[1, [2, [3]]].flat(), [1, [2, [3]]].flat(2), [1, 2].flatMap((x) => [x, [x]])]"],
    [
      "",
      "[[3, 1, 2].toSorted(), [10, 9, 1].toSorted(), [10, 9, 1].toSorted((a, b) => a - b), [undefined, 'b', 'a'].toSorted()]",
    ],
    ["", "[1, 2, 3].reduce((a, b) => a + b)"],
    ["", "[].reduce((a, b) => a + b)"],
    ["", "['a', 'b'].reduceRight((a, b, i) => a + b + i, '')"],
    [
      "",
      "[[1, 2, 3].find((x) => x > 1), [1].find((x) => x > 1), [1, 2].findIndex((x) => x === 2), [1, 2, 3].findLast((x) => x < 3)]",
    ],
    ["", "[1, null, undefined, 'a', true].join()"],
    ["", "[['a', 1], ['b', 2]].map(([k, v]) => `${k}=${v}`).join(' ')"],
    ["", "['1', '2', 'x'].map(Number).concat(['3'].map(Number), 4)"],
    ["", "[0, 1, '', 'a', null].filter(Boolean)"],
    [
      "",
      "Object.fromEntries(Object.entries({ a: 1, b: 2 }).map(([k, v]) => [k.toUpperCase(), v + 1]))",
    ],
    ["", "[Object.keys(['x']), Object.values({ a: 1 }), Object.entries(['y'])]"],
    [
      "",
      '["aXbXc".replace("X", "$&-$$"), "aXbXc".replaceAll("X", "[$`]"), "abc".replaceAll("", "-")]',
    ],
    ["", '["a,b".split(","), "ab".split(""), "ab".split(), "a,b,c".split(",", 2)]'],
    [
      "",
      '["abc".at(-1), "abc"[1], "abc"[9], "abc".length, "abc".charAt(1), "abc".slice(-2, -1), "abc".substring(2, 0)]',
    ],
    ["", '["a".repeat(-1)]'],
    [
      "",
      '["5".padStart(3, "0"), "5".padEnd(3), " a ".trim(), "abc".indexOf("c"), "abcabc".lastIndexOf("b")]',
    ],
    ["", "[(1.005).toFixed(2), (255).toString(16), (1e21).toString(), 1e21 + '', 0.1 + 0.2]"],
    ["", "(1).toFixed(101)"],
    [
      "",
      "[Math.max(), Math.min(1, 2), Math.round(-0.5), Math.floor(-1.5), Math.trunc(1.9), Math.pow(2, 10)]",
    ],
    [
      "",
      "[Number('0x1f'), Number(''), Number(), Number.isInteger(5), Number.parseInt('12px'), Number.parseInt('11', 2), String(null), String()]",
    ],
    ["", "[Array.isArray([]), Array.of(1, 2), Number.isInteger('5' as never)]"],
    ["const notFunction = 5 as never as () => number;", "notFunction()"],
    ["const a = { f: (x: number) => x + 1 };", "[a.f(1), a['f'](2)]"],
    ["const a = <const>[1, 2]; const b = { c: 1 } as const satisfies { c: number };", "[a, b]"],
    ["", "((a) => a)?.(1)"],
  ])("%s %s", (statements, value) => expectSame(statements, value));
});
