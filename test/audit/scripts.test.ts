import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readScript } from "../../src/audit/script-source.js";
import { verify } from "../../src/audit/verify.js";
import { compile } from "../../src/bash/compile.js";
import { compileStack } from "../../src/bash/compile-stack.js";
import { writeTypescript } from "../../src/config/typescript/write/write-typescript.js";
import { readDescription } from "../../src/config/read-description.js";
import { languages } from "../../src/model/language.js";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import { parseContainer, type Spec } from "../../src/model/spec/parse.js";
import { canonicalStackJson, isStack, parseStack, type Stack } from "../../src/model/spec/stack.js";
import { version } from "../../src/model/version.js";
import { writeConfig } from "../config/write-config.js";
import { anyContainer, complete, minimal } from "../support/containers.js";
import { problemsOf } from "../support/problems.js";
import { repository } from "../support/template-files.js";

const golden = path.join(repository, "golden");
const scripts = readdirSync(golden, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".sh"),
);
const canonical = (described: Spec | Stack) =>
  isStack(described) ? canonicalStackJson(described) : canonicalJson(described);

describe("a script gives its spec back", () => {
  it.each(scripts)("%s, and is unedited", (file) => {
    const script = readFileSync(path.join(golden, file), "utf8");
    expect(verify(script)).toMatchObject({ unedited: true, edits: "" });
    expect(readScript(script)).toMatchObject({
      version,
      language: file.endsWith(".zh.sh") ? "zh" : "en",
      intact: true,
    });
  });

  it.each(languages)("whatever is in it (%s)", (language) => {
    fc.assert(
      fc.property(anyContainer, (container) => {
        const spec = parseContainer(container);
        const script = compile(spec, { language });
        expect(canonical(readScript(script).described)).toBe(canonicalJson(spec));
        expect(verify(script).unedited).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it("also when steps were left out of the script", () => {
    const script = compile(minimal, { without: ["pivot_root", "mount_proc"] });
    expect(readScript(script).without).toEqual(["pivot_root", "mount_proc"]);
    expect(verify(script).unedited).toBe(true);
  });

  it("as a config, a container or a stack, that means the same", async () => {
    const stack = parseStack({
      network: { mode: "bridge" },
      containers: [complete(), { ...minimal, name: "b" }],
    });
    for (const script of [compile(complete()), compileStack(stack)]) {
      const { described } = readScript(script);
      const file = writeConfig({ "again.ts": writeTypescript(described) });
      expect(canonical(await readDescription(file))).toBe(canonical(described));
    }
  });
});

describe("an edit is found", () => {
  const script = compile({ ...minimal, name: "web", hostname: "web" });
  const lines = script.split("\n");

  test("wherever it is: a line taken out, doubled or changed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: lines.length - 2 }),
        fc.constantFrom<(line: string) => string[]>(
          () => [],
          (line) => [line, line],
          (line) => [`${line} #`],
        ),
        (index, change) => {
          const edited = lines.toSpliced(index, 1, ...change(lines[index] ?? "")).join("\n");
          let found: boolean;
          try {
            found = !verify(edited).unedited;
          } catch {
            found = true;
          }
          expect(found).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("and shown as a diff", () => {
    const { unedited, edits } = verify(script.replace("set -euo pipefail", "set -eu"), "web.sh");
    expect(unedited).toBe(false);
    expect(edits).toContain(`--- web.sh (cooper ${version})`);
    expect(edits).toMatch(/^-set -euo pipefail\n\+set -eu$/m);
  });

  test("a changed spec is found by its hash", () => {
    const edited = script.replace('#   "name": "web"', '#   "name": "wab"');
    expect(readScript(edited).intact).toBe(false);
    expect(verify(edited).unedited).toBe(false);
  });
});

test.each([
  ["", "script-foreign"],
  ["#!/bin/sh\necho hello\n", "script-foreign"],
  [compile(minimal).replace(/^# sha256 .*\n/m, ""), "script-foreign"],
  [compile(minimal).replace(/^# \{$/m, "# {{"), "script-spec"],
  [compile(minimal).replace('"privileged": true', '"privileged": 1'), "invalid-value"],
  [compile(minimal).replace(`by cooper ${version}`, "by cooper 0.0.1"), "script-version"],
])("what is no script, or is damaged, is told (%#)", (script, code) => {
  expect(problemsOf(() => verify(script)).map((each) => each.code)).toEqual([code]);
});
