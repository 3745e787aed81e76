import { describe as group, expect, it } from "vitest";
import { readConfig } from "../../src/config/index.js";
import { readContainer } from "../support/read-container.js";
import { describe } from "../../src/model/errors.js";
import { brief, configWith, problemsOf, writeConfig } from "./write-config.js";

const check = async (statements: string, fields = "") =>
  (await problemsOf(() => readContainer(writeConfig(configWith(statements, fields))))).map(brief);

group("a TypeScript config that does not fit the model", () => {
  // The fields stand on line 3, from column 52 on.
  it.each([
    ["", "nam: 'a'", "unknown-field 3:52 3"],
    ["", "name: 5", "invalid-value 3:58 1"],
    ["", "name: 'a b'", "value-type 3:58 5"],
    ["", "process: { args: ['a', 5] }", "invalid-value 3:75 1"],
    ["", "process: { argz: [] }", "unknown-field 3:63 4"],
    ["", "process: { env: { 'A B': '' } }", "environment-name 3:77 2"],
    ["", "root: { path: 'relative' }", "path-absolute 3:66 10"],
    ["", "network: { mode: 'brige' }", "network-mode 3:69 7"],
    ["", "network: { mode: 'bridge', dns: ['1.2.3'] }", "address-invalid 3:85 7"],
    ["", "resources: { memory: {} }", "invalid-value 3:73 2"],
    ["", "mounts: [{ destination: '/x', type: 'ext4' }]", "invalid-value 3:88 6"],
    ["const shared = { args: 5 };", "process: shared", "invalid-value 2:24 1"],
    ["const shared = { args: 5 };", "process: { ...shared }", "invalid-value 2:24 1"],
    ["const name = 5;", "name", "invalid-value 3:52 4"],
    ["const name = 5;", "name: name", "invalid-value 3:58 4"],
    ["const args = ['a', 5];", "process: { args: ['b', ...args] }", "invalid-value 2:20 1"],
    ["", "process: { args: [1].map((n) => n) }", "invalid-value 3:69 17"],
    [
      "",
      "mounts: ['a'].map((d) => ({ destination: d, type: 'proc' as const }))",
      "path-absolute 3:93 1",
    ],
    [
      "const cpu = param.path('CPU', { default: '/x' });",
      "resources: { cpu: { quota: cpu } }",
      "expression-type 3:79 3",
    ],
  ])("%s { %s }", async (statements, fields, expected) => {
    expect(await check(statements, fields)).toEqual([expected]);
  });

  it("points at the field in the file that it was imported from", async () => {
    const file = writeConfig({
      ...configWith('import { shared } from "./shared.js";', "process: shared"),
      "shared.ts": "export const shared = {\n  args: 5,\n};\n",
    });
    const [found] = await problemsOf(() => readContainer(file));
    expect(found && brief(found)).toBe("invalid-value 2:9 1");
    expect(found?.span?.file).toMatch(/shared\.ts$/);
  });

  it("reports every problem of the container at once", async () => {
    expect(await check("", "nam: 'a', hostname: 5, banner: 1")).toEqual([
      "invalid-value 3:72 1",
      "invalid-value 3:83 1",
      "unknown-field 3:52 3",
    ]);
  });

  it("points at the object when a field is missing", async () => {
    const file = writeConfig({
      "a.ts":
        'import { defineContainer } from "cooper";\nexport default defineContainer({ extraHosts: {}, process: { rlimits: [{ type: "RLIMIT_CPU", soft: 1 }] } } as never);',
    });
    const found = await problemsOf(() => readContainer(file));
    expect(found.map(brief)).toEqual(["invalid-value 2:71 31"]);
  });

  it("gives a wrong assignment no place in the file", async () => {
    const file = writeConfig(
      configWith("const name = param.name('NAME', { default: 'a' });", "name"),
    );
    const assign = (name: string, value: string) =>
      problemsOf(() => readContainer(file, new Map([[name, value]])));
    expect((await assign("NAME", "a b")).map(brief)).toEqual(["value-type"]);
    expect((await assign("NAMES", "a")).map(brief)).toEqual(["parameter-unknown"]);
    expect((await readContainer(file, new Map([["NAME", "b"]]))).name).toBe("b");
  });

  it("places the refusals of parameters at their call", async () => {
    for (const [call, expected] of [
      ["param.name('lower', { default: 'a' })", "parameter-name 2:11 37"],
      ["param.name('PATH', { default: 'a' })", "parameter-name 2:11 36"],
      ["param.integer('A', { default: 1.5 })", "parameter-default 2:11 36"],
      ["param.integer('A')", "config-call 2:11 18"],
      ["param.integer(5, { default: 5 })", "config-call 2:11 32"],
      ["param.integer('A', { default: 5, help: 5 })", "config-call 2:11 43"],
      ["add('$(id)' as never, 1)", "config-call 2:11 24"],
      ["add(1.5, 1)", "config-call 2:11 11"],
      ["divide(1, 0)", "config-throws 2:11 12"],
      ["text`${[] as never}`", "config-unsupported 2:18 11"],
      ["text('a' as never)", "config-call 2:11 18"],
      ["defineContainer(5 as never)", "config-call 2:11 27"],
    ])
      expect(await check(`const a = ${call};`), call).toEqual([expected]);
  });

  it("is never given functions or other things of the language", async () => {
    for (const [fields, expected] of [
      ["name: ((x: string) => x) as never", "config-unsupported 3:58 27"],
      ["process: { args: ['a', param as never] }", "config-unsupported 3:75 14"],
      ["name: text as never", "config-unsupported 3:58 13"],
      ["name: Math as never", "config-unsupported 3:58 13"],
    ])
      expect(await check("", fields), fields).toEqual([expected]);
  });
});

group("what only the type checker sees", () => {
  it.each([
    ["const a: string = Number(1);", "", "type-error 2:7 1", 2322],
    ["const a = param.integer('A', { default: '5' });", "", "type-error 2:32 7", 2322],
    ["const a = param.integer('A', { default: 5, hlep: '' });", "", "type-error 2:44 4", 2353],
    ["const a = (b: number) => b; const c = a('x');", "", "type-error 2:41 3", 2345],
    ["const f = () => nowhere;", "", "type-error 2:17 7", 2304],
    ["const a = { b: 1 }; const c = a.bb;", "", "type-error 2:33 2", 2339],
    ["type A = Missing;", "", "type-error 2:10 7", 2304],
    ["const a = 1; const a = 2;", "", "type-error 2:7 1", 2451],
    ["const f = () => [1].sort();", "", "type-error 2:21 4", 2339],
  ])("%s", async (statements, fields, expected, number) => {
    const problems = await problemsOf(() =>
      readContainer(writeConfig(configWith(statements, fields))),
    );
    expect(brief(problems[0] ?? { code: "type-error", parameters: {} })).toBe(expected);
    expect(problems[0]?.parameters["number"]).toBe(number);
  });

  it("comes after validation, so that nothing is said twice", async () => {
    expect(await check("const a: string = Number(1);", "name: 5")).toEqual([
      "invalid-value 3:58 1",
    ]);
  });

  it("is found in imported files", async () => {
    const file = writeConfig({
      ...configWith('import { name } from "./names";', "name"),
      "names.ts": 'export const name = "a";\nexport const other: number = name;\n',
    });
    const [found] = await problemsOf(() => readContainer(file));
    expect(found && brief(found)).toBe("type-error 2:14 5");
    expect(found && describe(found, "en")).toContain("names.ts:2:14: TS2322: Type 'string'");
  });

  it("accepts what the subset can say", async () => {
    const file = writeConfig(
      configWith(
        `
import type { ContainerInput } from "cooper";
interface Service { readonly name: string; readonly port?: number | undefined }
type Services = readonly Service[];
enum Size { Small = 64, Large = 256 }
const memory = param.bytes("MEM", { default: "256MiB", help: "memory" });
const quota = param.integer("QUOTA", { default: 50_000 });
const name = param.name("NAME", { default: "n" });
const services: Services = [{ name: "a", port: 1 }, { name: "b" }] as const;
const [first, ...rest] = services;
const { a = 1, ...others } = { a: 2, b: "x", c: "y" };
const ports = services.map(({ port }) => port ?? 0).filter((port) => port > 0);
const environment = Object.fromEntries(
  services.map((service, index) => [\`SERVICE_\${index}\`, service.name.toUpperCase().padEnd(3, "_")]),
);
const total = [1, 2, 3].reduce((sum, each) => sum + each, 0);
const letters = [..."abc"].toSorted((x, y) => (x < y ? 1 : -1));
const base = { banner: true } satisfies ContainerInput;
const keys = Object.keys(others).concat(Object.values(others)).flatMap((x) => [x]);
`,
        `...base, name, hostname: name,
         process: {
           env: { ...environment, TOTAL: String(total), HOST: \`\${name}.local\`, SIZE: \`\${Size.Small}\`,
             FIRST: first?.name ?? "none", REST: rest.map((each) => each.name).join(), A: (a / 3).toFixed(1) },
           args: ["/bin/sh", text\`\${name}-\${quota}\`, ...letters, ...keys, ...ports.map(String),
             ...Array.from({ length: 2 }, (_, index) => \`\${index}\`)],
         },
         resources: { cpu: { quota: multiply(quota, 2) }, memory: { limit: memory } }`,
      ),
    );
    const spec = await readContainer(file);
    expect(spec.process.args.slice(2)).toEqual(["c", "b", "a", "b", "c", "x", "y", "1", "0", "1"]);
    expect(spec.process.env).toMatchObject({
      SERVICE_0: "A__",
      SERVICE_1: "B__",
      TOTAL: "6",
      SIZE: "64",
      FIRST: "a",
      REST: "b",
      A: "0.7",
    });
    expect(JSON.stringify([spec.process.env["HOST"], spec.process.args[1]])).toBe(
      '[{"$text":[{"$param":"NAME"},".local"]},{"$text":[{"$param":"NAME"},"-",{"$param":"QUOTA"}]}]',
    );
    expect(spec.parameters.map((each) => each.name)).toEqual(["MEM", "QUOTA", "NAME"]);
  });
});

group("files", () => {
  it.each([
    ["missing.ts", "file-missing"],
    ["missing.json", "file-missing"],
    ["container.yaml", "file-kind"],
    ["container", "file-kind"],
    ["container.js", "file-kind"],
    ["/", "file-kind"],
    ["/dev/zero", "file-kind"],
    ["src/config", "file-kind"],
  ])("%s", async (file, code) => {
    expect((await problemsOf(() => readConfig(file)))[0]?.code).toBe(code);
  });
});
