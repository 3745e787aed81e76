import { describe as group, expect, it } from "vitest";
import fc from "fast-check";
import { readConfig } from "../../src/config/index.js";
import { readContainer } from "../support/read-container.js";
import { findPositions, JsonDuplicateError } from "../../src/config/json/positions.js";
import { describe } from "../../src/model/errors.js";
import { brief, problemsOf, writeConfig } from "./write-config.js";

const problems = async (text: string) =>
  (await problemsOf(() => readContainer(writeConfig({ "container.json": text })))).map(brief);

group("a JSON config", () => {
  it("is the same shape", async () => {
    const file = writeConfig({
      "container.json": JSON.stringify({
        parameters: { NAME: { type: "name", default: "a" } },
        name: { $param: "NAME" },
        privileged: true,
      }),
    });
    const spec = await readContainer(file, new Map([["NAME", "b"]]));
    expect(spec.name).toBe("b");
    expect((await readContainer(file)).parameters.map(({ name }) => name)).toEqual(["NAME"]);
  });

  it.each([
    ["", "json-syntax 1:1 1"],
    ["{", "json-syntax 1:2 1"],
    ['{\n  "name": "a"\n  "b": 1\n}', "json-syntax 3:3 1"],
    ['{\n  "name": "a",\n}', "json-syntax 3:1 1"],
    ["{ name: 1 }", "json-syntax 1:3 1"],
    ['{ "a": tru }', "json-syntax 1:8 1"],
    ['{ "a": 01 }', "json-syntax 1:9 1"],
    ["{ 'a': 1 }", "json-syntax 1:3 1"],
    ['{ "a": "b\n" }', "json-syntax 1:8 1"],
    ["{} x", "json-syntax 1:4 1"],
    ['{ "name": "a", "b": { "name": "c" }, "name": "b" }', "json-duplicate 1:38 1"],
    ['{ "name": "a", "n\\u0061me": "b" }', "json-duplicate 1:16 1"],
    ["[1, // two\n2]", "json-syntax 1:5 1"],
    ["[".repeat(100_000), "config-limit 1:66 1"],
    ['{"name": 5}', "invalid-value 1:10 1"],
    ['{\n  "nam": "a",\n  "privileged": true\n}', "unknown-field 2:3 5"],
    ['{"privileged": true, "process": {"args": ["a", 5]}}', "invalid-value 1:48 1"],
    ['{"privileged": true, "constructor": 1}', "unknown-field 1:22 13"],
    ['{"privileged": true, "__proto__": {"banner": true}}', "unknown-field 1:22 11"],
    ['{"process": {"rlimits": [{"type": "RLIMIT_CPU"}]}}', "invalid-value 1:26 22"],
    ["5", "invalid-value 1:1 1"],
  ])("%s", async (text, expected) => {
    expect(await problems(text)).toContain(expected);
  });

  it("shows the line and a caret", async () => {
    const file = writeConfig({ "container.json": '{\n  "name": "a"\n  "b": 1\n}' });
    const [found] = await problemsOf(() => readConfig(file));
    expect(found && describe(found, "en")).toBe(
      `${file}:3:3: not valid JSON: unexpected "\\""\n    "b": 1\n    ^`,
    );
  });

  it("has no more than a file may have", async () => {
    expect(await problems(`"${"a".repeat(300_000)}"`)).toEqual(["config-limit"]);
    expect(await problems(`[${Array.from({ length: 110_000 }, () => 1).join(",")}]`)).toEqual([
      "config-limit",
    ]);
  });

  it("is found to be JSON exactly when JSON.parse reads it, with every value in its place", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }),
        fc.nat(),
        fc.string({ maxLength: 1 }),
        (json, at, edit) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + edit + json.slice(place + 1);
          const reads = (parse: (text: string) => unknown) => {
            try {
              parse(text);
              return true;
            } catch (error) {
              return error instanceof JsonDuplicateError ? undefined : false;
            }
          };
          // An edit may have made two names alike: of what is behind them nothing is known.
          const outcome = reads(findPositions);
          if (outcome !== undefined) expect(outcome).toBe(reads(JSON.parse));
          const { members } = findPositions(json);
          const value = JSON.parse(json) as Record<string, unknown> | null;
          for (const [key, { value: found }] of members)
            expect(JSON.parse(json.slice(found.start, found.end))).toEqual(value?.[key]);
          expect(members.size).toBe(
            typeof value === "object" ? Object.keys(value ?? {}).length : 0,
          );
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
