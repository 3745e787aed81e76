import fc from "fast-check";
import { expect, test } from "vitest";
import { compile, specHash } from "../../../src/bash/compile.js";
import { param } from "../../../src/model/param.js";
import { canonicalJson } from "../../../src/model/spec/canonical.js";
import { containerSchema } from "../../../src/model/spec/container.js";
import { parseContainer } from "../../../src/model/spec/parse.js";
import type { Parameter } from "../../../src/model/value.js";
import { unwrap } from "../../../src/model/spec/schema-walk.js";
import { anyContainer, complete, minimal } from "../../support/containers.js";
import type { $ZodObject } from "zod/v4/core";

const reread = (text: string) => parseContainer(JSON.parse(text) as unknown);

test("canonical JSON reads back to the same spec", () => {
  fc.assert(
    fc.property(anyContainer, (input) => {
      const spec = parseContainer(input);
      const text = canonicalJson(spec);
      const again = reread(text);
      expect(canonicalJson(again)).toBe(text);
      expect(specHash(again)).toBe(specHash(spec));
      const data = ({ name, type, default: fallback, help }: Parameter) => ({
        name,
        type,
        fallback,
        help,
      });
      expect(again.parameters.map(data)).toEqual(spec.parameters.map(data));
    }),
    { numRuns: 1000 },
  );
});

test("the script of a spec and of its canonical JSON are the same", () => {
  fc.assert(
    fc.property(anyContainer, fc.constantFrom("en", "zh"), (input, language) => {
      const spec = parseContainer(input);
      expect(compile(reread(canonicalJson(spec)), { language })).toBe(compile(spec, { language }));
    }),
    { numRuns: 60 },
  );
});

test("fields stand in the order of the schema, whatever the order in which they are given", () => {
  const names = Object.keys((unwrap(containerSchema) as $ZodObject)._zod.def.shape);
  for (const input of [minimal, complete()]) {
    const backwards = Object.fromEntries(Object.entries(input).reverse());
    const canonical = JSON.parse(canonicalJson(parseContainer(backwards))) as object;
    expect(Object.keys(canonical)).toEqual(
      ["parameters", ...names].filter((name) => name in canonical),
    );
    expect(canonicalJson(parseContainer(backwards))).toBe(canonicalJson(parseContainer(input)));
  }
});

test("two ways to write a spec give the same text", () => {
  const one = { privileged: true, resources: { cpu: { cpus: 0.5 }, memory: { limit: "256MiB" } } };
  const other = {
    privileged: true,
    resources: { memory: { limit: 256 * 1024 ** 2 }, cpu: { period: 100_000, quota: 50_000 } },
    root: { build: { commands: ["sh"] } },
  };
  expect(canonicalJson(parseContainer(one))).toBe(canonicalJson(parseContainer(other)));
});

test("a parameter keeps its type, default and help, and its order", () => {
  const memory = param.bytes("MEM", { default: "2TiB", help: "memory limit" });
  const name = param.name("NAME", { default: "a" });
  const input = { ...minimal, name, resources: { memory: { limit: memory } } };
  const { parameters } = JSON.parse(canonicalJson(parseContainer(input))) as {
    parameters: Record<string, unknown>;
  };
  expect(Object.entries(parameters)).toEqual([
    ["MEM", { type: "bytes", default: 2 * 1024 ** 4, help: "memory limit" }],
    ["NAME", { type: "name", default: "a" }],
  ]);
});
