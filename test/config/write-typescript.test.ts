import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readContainer } from "../support/read-container.js";
import { writeTypescript } from "../../src/config/typescript/write/write-typescript.js";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import { parseContainer, type Spec } from "../../src/model/spec/parse.js";
import { anyContainer, complete, minimal } from "../support/containers.js";
import { pairwiseCases } from "../support/matrix.js";
import { writeConfig } from "./write-config.js";

async function readBack(spec: Spec): Promise<string> {
  return canonicalJson(await readContainer(writeConfig({ "again.ts": writeTypescript(spec) })));
}

/** A spec as it comes out of JSON: in the text of a person, neighbouring pieces of text are one. */
const throughJson = (spec: Spec) => parseContainer(JSON.parse(canonicalJson(spec)));

describe("a spec written as TypeScript reads back to itself", () => {
  it.each(pairwiseCases().filter((_, index) => index % 3 === 0))("$name", async ({ spec }) => {
    expect(await readBack(spec)).toBe(canonicalJson(spec));
  });

  test("whatever is in it", () =>
    fc.assert(
      fc.asyncProperty(anyContainer, async (container) => {
        const spec = throughJson(parseContainer(container));
        expect(await readBack(spec)).toBe(canonicalJson(spec));
      }),
      { numRuns: 40 },
    ));

  it.each(["__proto__", "constructor", "toString"])("with a variable named %s", async (name) => {
    const env = JSON.parse(`{"${name}":"value"}`) as Record<string, string>;
    const spec = parseContainer({ ...minimal, process: { env } });
    expect(await readBack(spec)).toBe(canonicalJson(spec));
  });

  it.each(["TEXT", "PARAM", "DEFAULT", "A_B", "A__B", "A_B_", "VOID"])(
    "with a parameter named %s",
    async (name) => {
      const parameters = Object.fromEntries(
        [name, "AB"].map((each) => [each, { type: "text", default: "" }]),
      );
      const args = ["echo", { $param: name }, { $param: "AB" }];
      const spec = parseContainer({ ...minimal, parameters, process: { args } });
      expect(await readBack(spec)).toBe(canonicalJson(spec));
    },
  );
});

test("what has a default is left out, and the rest is what a person would write", () => {
  expect(writeTypescript(parseContainer(minimal))).toBe(
    'import { defineContainer } from "cooper";\n\nexport default defineContainer({\n  privileged: true,\n});\n',
  );
  const written = writeTypescript(parseContainer(complete()));
  expect(written).toContain('memLimit = param.bytes("MEM_LIMIT", { default: "256MiB" });');
  expect(written).toContain("cpuLimit = param.integer(");
  expect(written).toContain("text`${containerName}-host`");
});

test("a golden config is found again", async () => {
  const spec = await readContainer("golden/05-full/container.ts");
  expect(await readBack(spec)).toBe(canonicalJson(spec));
});
