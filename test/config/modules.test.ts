import path from "node:path";
import { describe as group, expect, it } from "vitest";
import { readConfig } from "../../src/config/index.js";
import { readContainer } from "../support/read-container.js";
import { describe } from "../../src/model/errors.js";
import { brief, imports, problemsOf, writeConfig } from "./write-config.js";

const root = (statements: string, value: string) =>
  `import { defineContainer } from "cooper";\n${statements}\nexport default defineContainer({ value: ${value} } as never);\n`;

async function readValue(files: Record<string, string>): Promise<unknown> {
  const { input } = await readConfig(writeConfig(files));
  return (input as { value: unknown }).value;
}

group("imports", () => {
  it.each([
    ['import { a } from "./other.js";', "a", "export const a = 1;"],
    ['import { a } from "./other.ts";', "a", "export const a = 1;"],
    ['import { a } from "./other";', "a", "export const a = 1;"],
    ['import { b as a } from "./other";', "a", "const a = 1; export { a as b };"],
    ['import { "b c" as a } from "./other";', "a", 'const a = 1; export { a as "b c" };'],
    ['import a from "./other";', "a", "export default 1;"],
    ['import a from "./other";', "a", "const x = 1; export { x as default };"],
    ['import a from "./other";', "a()", "export default function () { return 1; }"],
    ['import a from "./other";', "a()", "export default function one() { return 1; }"],
    ['import { default as a } from "./other";', "a", "export default 1;"],
    ['import * as o from "./other";', "o.a", "export const a = 1;"],
    ['import x, { a } from "./other";', "a + x", "export const a = 1; export default 0;"],
    ['import { a } from "./other";', "a()", "export function a() { return b; } const b = 1;"],
    ['import { A } from "./other";', "A.B", "export enum A { B = 1 }"],
    ['import { a, c } from "./other";', "a - c", "export const { a, b: [c] } = { a: 2, b: [1] };"],
    ['import type { T } from "./other"; const a: T = 1;', "a", "export type T = number;"],
    ['import { type T } from "./other"; const a: T = 1;', "a", "export type T = number;"],
  ])("%s from %s", async (statement, value, other) => {
    expect(await readValue({ "container.ts": root(statement, value), "other.ts": other })).toBe(1);
  });

  it("follow re-exports", async () => {
    const files = {
      "container.ts": root('import { a, renamed, all } from "./re";', "[a, renamed, all.a, all.b]"),
      "re.ts":
        'export * from "./deep/one"; export { b as renamed } from "./deep/one.js"; export * as all from "./deep/one";',
      "deep/one.ts": 'export const a = 1; export { b } from "../two";',
      "two.ts": "export const b = 2;",
    };
    expect(await readValue(files)).toEqual([1, 2, 1, 2]);
    const file = writeConfig(files);
    const names = (await readConfig(file)).files.map((each) =>
      path.relative(path.dirname(file), each),
    );
    expect(names).toEqual(["container.ts", "re.ts", "deep/one.ts", "two.ts"]);
  });

  it("evaluate a file once, before the file that imports it", async () => {
    const file = writeConfig({
      "container.ts": `${imports}import { second } from "./second"; import { third } from "./third";
        const first = param.name("FIRST", { default: "a" });
        export default defineContainer({ privileged: true, name: first, process: { args: [second, third.value] } });`,
      "second.ts": `${imports}import { third } from "./third"; export const second = param.text("SECOND", { default: third.value.default });`,
      "third.ts": `${imports}export const third = { value: param.text("THIRD", { default: "c" }) };`,
    });
    const { parameters } = await readContainer(file);
    expect(parameters.map(({ name }) => name)).toEqual(["THIRD", "SECOND", "FIRST"]);
    expect(parameters[1]?.default).toBe("c");
  });

  it("may take everything of cooper under one name", async () => {
    const file = writeConfig({
      "container.ts":
        'import * as cooper from "cooper";\nconst name = cooper.param.name("N", { default: "a" });\n' +
        "export { container as default };\n" +
        "const container = cooper.defineContainer({ privileged: true, name, process: { args: [cooper.text`${name}`] } });",
    });
    expect((await readContainer(file)).parameters.map((each) => each.name)).toEqual(["N"]);
  });

  it.each([
    ['import { x } from "./missing";', "config-import-missing 2:19 11"],
    ['import { x } from "./other";', "config-export-missing 2:10 1"],
    ['import x from "./other";', "config-export-missing 2:8 1"],
    ['export { x } from "./other";', "config-export-missing 2:10 1"],
    ['import { x } from "node:fs";', "config-import 2:19 9"],
    ['import { x } from "fs";', "config-import 2:19 4"],
    ['import { x } from "/etc/passwd";', "config-import 2:19 13"],
    ['import { x } from "../../../../../../etc/passwd";', "config-import-missing 2:19 30"],
    ['import { x } from "./other.json";', "config-import 2:19 14"],
    ['import { x } from "./other.mjs";', "config-import 2:19 13"],
    ['import { x } from "file:///etc/passwd";', "config-import 2:19 20"],
    ['import { x } from "https://example.com/x.ts";', "config-import 2:19 26"],
    ['import { x } from ".";', "config-import 2:19 3"],
    ['import { x } from "./\\0";', "config-import 2:19 6"],
    ['import { parseContainer } from "cooper";', "config-export-missing 2:10 14"],
    ['import { params } from "cooper";', "config-export-missing 2:10 6"],
    ['import cooper from "cooper";', "config-export-missing 2:8 6"],
    ['import "./other";', "config-unsupported 2:1 17"],
    ['import x from "./other" with { type: "json" };', "config-unsupported 2:25 21"],
    ["export { y };", "config-undefined 2:10 1"],
    ["const y = z;", "config-undefined 2:11 1"],
    ["const y = z; const z = 1;", "config-early-use 2:11 1"],
    ["const y = y;", "config-early-use 2:11 1"],
    ["const f = () => z; const y = f(); const z = 1;", "config-early-use 2:17 1"],
  ])("%s", async (statement, expected) => {
    const file = writeConfig({
      "container.ts": root(statement, "1"),
      "other.ts": "export const a = 1;",
    });
    const problems = await problemsOf(() => readConfig(file));
    expect(problems.map(brief)).toEqual([expected]);
    expect(problems[0]?.span?.file).toBe(file);
  });

  it("suggest the nearest name", async () => {
    const file = writeConfig({
      "container.ts": root('import { servce } from "./other";', "1"),
      "other.ts": "export const service = 1;",
    });
    const [found] = await problemsOf(() => readConfig(file));
    expect(found && describe(found, "en")).toContain('did you mean "service"?');
  });

  it("cannot go round in a circle", async () => {
    const file = writeConfig({
      "container.ts": root('import { a } from "./a";', "a"),
      "a.ts": 'import { b } from "./b";\nexport const a = b;',
      "b.ts": 'export const b = 1;\nimport { a } from "./a";',
    });
    const [found] = await problemsOf(() => readConfig(file));
    expect(found && brief(found)).toBe("config-import-cycle 2:19 5");
    expect(found?.span?.file).toMatch(/b\.ts$/);
  });

  it("cannot import the config itself", async () => {
    const file = writeConfig({ "container.ts": root('import x from "./container";', "x") });
    expect((await problemsOf(() => readConfig(file))).map(brief)).toEqual([
      "config-import-cycle 2:15 13",
    ]);
  });
});

group("the default export", () => {
  it.each([
    ["const a = 1;\n", "config-default-missing 1:13 1"],
    ["export default 5;", "config-default-kind 1:16 1"],
    ["export default { privileged: true };", "config-default-kind 1:16 20"],
    ["", "config-default-missing 1:1 1"],
  ])("%s", async (source, expected) => {
    const file = writeConfig({ "container.ts": source });
    expect((await problemsOf(() => readConfig(file))).map(brief)).toEqual([expected]);
  });
});

group("syntax errors", () => {
  it.each([
    ["const a = ;", "typescript-syntax 1:11 1"],
    ["const = 5;", "typescript-syntax 1:7 1"],
    ["const a = {\n  b: 1\n  c: 2\n};", "typescript-syntax 3:3 1"],
    ['const a = "x\n";', "typescript-syntax 1:13 1"],
  ])("%s", async (source, expected) => {
    const file = writeConfig({ "container.ts": source });
    expect((await problemsOf(() => readConfig(file))).map(brief)[0]).toBe(expected);
  });
});

group("golden/05-full", () => {
  it("reads to what importing it gives", async () => {
    const file = path.resolve("golden/05-full/container.ts");
    const { input, files } = await readConfig(file);
    const executed = (await import("../../golden/05-full/container.js")) as { default: unknown };
    expect(JSON.stringify(input, null, 2)).toBe(JSON.stringify(executed.default, null, 2));
    expect(files).toEqual([file]);
    const { parameters } = await readContainer(file);
    expect(parameters.map(({ name }) => name)).toEqual([
      "ROOTFS",
      "CONTAINER_NAME",
      "CPU_LIMIT",
      "MEM_LIMIT",
    ]);
  });
});
