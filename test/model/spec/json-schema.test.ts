import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../src/model/spec/canonical.js";
import { containerJsonSchema } from "../../../src/model/spec/json-schema.js";
import { parseContainer } from "../../../src/model/spec/parse.js";
import { anyContainer, complete } from "../../support/containers.js";
import {
  isValid,
  type JsonSchema,
  knownKeywords,
  resolveReference,
  subschemas,
} from "../../support/json-schema.js";
import { problemsOf } from "../../support/problems.js";

const schema = JSON.parse(JSON.stringify(containerJsonSchema())) as JsonSchema;
const inner = subschemas(schema);

describe("is a schema of draft 2020-12", () => {
  test("says so", () => {
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  });

  test("uses keywords that mean something", () => {
    const unknown = inner
      .flatMap((each) => Object.keys(each))
      .filter((key) => !knownKeywords.has(key));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test("names types that exist", () => {
    const types = inner.flatMap(({ type }) => type ?? []);
    const known = ["string", "number", "integer", "boolean", "object", "array", "null"];
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
    expect(types.length).toBeGreaterThan(20);
  });

  test("refers to definitions that exist", () => {
    const references = inner.flatMap(({ $ref }) => $ref ?? []);
    expect(references).toContain("#/$defs/expression");
    for (const reference of references) expect(resolveReference(schema, reference)).toBeDefined();
  });

  test("requires only properties it has, and has patterns that are regular expressions", () => {
    for (const { required = [], properties = {}, pattern } of inner) {
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]));
      if (pattern !== undefined) expect(() => new RegExp(pattern, "u")).not.toThrow();
    }
  });

  test("allows no property that it does not name", () => {
    const open = inner.filter(
      ({ properties, additionalProperties }) =>
        properties !== undefined && additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  test("every default is valid", () => {
    const defaults = inner.filter((each) => "default" in each);
    expect(defaults.length).toBeGreaterThan(5);
    for (const each of defaults) expect(isValid(schema, each.default, each)).toBe(true);
  });
});

const good: object[] = [
  { privileged: true },
  JSON.parse(canonicalJson(parseContainer(complete()))) as object,
  { privileged: true, resources: { cpu: { cpus: 0.5 }, memory: { limit: "256m" } } },
  { privileged: true, resources: { memory: { limit: 1024 ** 3 } }, cgroup: { version: 2 } },
  { privileged: true, root: { build: {} }, network: { mode: "bridge", dns: ["9.9.9.9"] } },
  {
    parameters: {
      A: { type: "integer", default: 5000 },
      N: { type: "name", default: "n", help: "" },
    },
    privileged: true,
    name: { $param: "N" },
    process: {
      args: [
        "a",
        { $text: ["x", 1, { $param: "A" }] },
        { $add: [1, { $divide: [{ $param: "A" }, 2] }] },
      ],
    },
    resources: { cpu: { quota: { $multiply: [{ $param: "A" }, 2] } } },
  },
];

/** Wrong in their shape, which a schema can say; what only the parser knows is tested by its codes. */
const bad: unknown[] = [
  null,
  [],
  "container",
  { privileged: true, nmae: "a" },
  { privileged: 1 },
  { privileged: true, name: 5 },
  { privileged: true, name: null },
  { privileged: true, process: { args: [] } },
  { privileged: true, process: { args: "ls" } },
  { privileged: true, process: { env: ["A=B"] } },
  { privileged: true, process: { env: { A: 1 } } },
  { privileged: true, process: { user: { uid: -1 } } },
  { privileged: true, process: { user: { uid: 4_294_967_295 } } },
  { privileged: true, namespaces: ["time"] },
  { privileged: true, mounts: [{ destination: "/a" }] },
  { privileged: true, mounts: [{ destination: "/a", type: "ext4" }] },
  { privileged: true, cgroup: { version: "1" } },
  { privileged: true, cgroup: { version: 3 } },
  { privileged: true, network: { mode: "macvlan" } },
  { privileged: true, network: { dns: "9.9.9.9" } },
  { privileged: true, resources: { cpu: { cpus: "1" } } },
  { privileged: true, resources: { cpu: { cpus: 0 } } },
  { privileged: true, resources: { cpu: { quota: 5000.5 } } },
  { privileged: true, resources: { memory: {} } },
  { privileged: true, resources: { memory: { limit: true } } },
  { privileged: true, root: { build: { commands: [] } } },
  { privileged: true, root: { build: { commands: ["a/b"] } } },
  { privileged: true, name: { $parameter: "N" } },
  { privileged: true, process: { args: [{ $add: [1] }] } },
  { privileged: true, process: { args: [{ $add: [1, "2"] }] } },
  { privileged: true, process: { args: [{ $text: "a" }] } },
  { parameters: { A: { type: "integer" } }, privileged: true },
  { parameters: { A: { type: "float", default: 1 } }, privileged: true },
  { parameters: { A: { type: "integer", default: 1, halp: "" } }, privileged: true },
];

describe("agrees with the parser", () => {
  test.each(good)("accepts %j", (input) => {
    expect(isValid(schema, input)).toBe(true);
    expect(() => parseContainer(input)).not.toThrow();
  });

  test.each(bad.map((input) => [input]))("refuses %j", (input) => {
    expect(problemsOf(() => parseContainer(input)).length).toBeGreaterThan(0);
    expect(isValid(schema, input)).toBe(false);
  });

  test("accepts whatever the parser accepts", () => {
    fc.assert(
      fc.property(anyContainer, (input) => {
        parseContainer(input);
        const { parameters } = parseContainer(input);
        const declared = Object.fromEntries(
          parameters.map(({ name, type, default: fallback }) => [
            name,
            { type, default: fallback },
          ]),
        );
        const data = JSON.parse(JSON.stringify({ ...input, parameters: declared })) as unknown;
        expect(isValid(schema, data)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
