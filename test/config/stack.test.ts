import { describe, expect, test } from "vitest";
import { readDescription } from "../../src/config/index.js";
import { isStack } from "../../src/model/spec/stack.js";
import { canonicalStackJson } from "../../src/model/spec/stack.js";
import { brief, problemsOf, writeConfig } from "./write-config.js";

const stack = (fields: string) => ({
  "stack.ts": `import { defineStack } from "cooper";\nexport default defineStack({\n  containers: [1, 2].map((number) => ({ name: \`app-\${number}\`, privileged: true, ${fields} })),\n});\n`,
});

describe("a config of a stack", () => {
  test("is read like one of a container, from TypeScript and from JSON", async () => {
    const described = await readDescription(writeConfig(stack("")));
    if (!isStack(described)) throw new Error("expected a stack");
    expect(described.containers.map(({ name }) => name)).toEqual(["app-1", "app-2"]);
    const again = await readDescription(
      writeConfig({ "stack.json": canonicalStackJson(described) }),
    );
    expect(isStack(again) && canonicalStackJson(again)).toBe(canonicalStackJson(described));
  });

  test("has its problems shown at their place", async () => {
    const problems = await problemsOf(() => readDescription(writeConfig(stack('hostnam: "x"'))));
    expect(problems.map(brief)[0]).toMatch(/^unknown-field 3:\d+ 7$/);
  });

  test("takes no flags of a container", async () => {
    const file = writeConfig(stack(""));
    const problems = await problemsOf(() => readDescription(file, new Map(), { cpus: "1" }));
    expect(problems.map(({ code }) => code)).toEqual(["stack-flags"]);
  });
});
