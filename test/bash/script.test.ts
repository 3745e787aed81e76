import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { compile, specHash } from "../../src/bash/compile.js";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import { parseContainer, type Spec } from "../../src/model/spec/parse.js";
import { version } from "../../src/model/version.js";
import { plan } from "../../src/plan/plan.js";
import { toolPackages } from "../../src/steps/step.js";
import { languages } from "../../src/model/language.js";
import { chinese } from "../support/chinese.js";
import { comments, differences, inEnglish } from "../support/comments.js";
import { complete, minimal } from "../support/containers.js";
import { pairwiseCases } from "../support/matrix.js";
import { hostileTexts, scriptWords } from "../support/strings.js";

const cases = pairwiseCases();

/** The lines of a script's header that begin with these words and what is indented below them. */
function headerList(script: string, title: string): string[] {
  const header = script.slice(0, script.indexOf("\n\n")).split("\n");
  const start = header.indexOf(`# ${title}`) + 1;
  const end = header.findIndex((line, index) => index >= start && !line.startsWith("#   "));
  return header.slice(start, end < 0 ? undefined : end).map((line) => line.slice("#   ".length));
}

/** The spec that a script carries in its last comment. */
function embeddedSpec(script: string): Spec {
  const comment = /\n# \{\n(?:#.*\n)*# \}\n/.exec(script)?.[0] ?? "";
  return parseContainer(JSON.parse(comment.replace(/^# ?/gm, "")) as unknown);
}

describe.each(cases)("$name", ({ spec, language }) => {
  const script = compile(spec, { language });

  test("is the same whenever it is compiled", () => {
    expect(compile(spec, { language })).toBe(script);
  });

  test("carries its spec, and names the hash of it", () => {
    const embedded = embeddedSpec(script);
    expect(canonicalJson(embedded)).toBe(canonicalJson(spec));
    const hash = createHash("sha256").update(canonicalJson(spec)).digest("hex");
    expect(specHash(embedded)).toBe(hash);
    expect(script).toContain(`\n# sha256 ${hash}\n`);
    expect(compile(embedded, { language })).toBe(script);
  });

  test("lists just the tools that its steps need, and checks just these", () => {
    const tools = new Set(plan(spec).steps.flatMap((step) => step.tools));
    const needs = headerList(script, language === "en" ? "What it needs:" : "运行条件：").slice(2);
    const listed = needs
      .map((line) => line.split(": "))
      .flatMap(([name, list = ""]) => list.split(", ").map((tool) => ({ tool, name })));
    expect(listed.map(({ tool }) => tool).sort()).toEqual([...tools].sort());
    for (const { tool, name } of listed)
      expect(toolPackages[tool as keyof typeof toolPackages]).toBe(name);
    const checked = [...script.matchAll(/^ {4}need (\S+) (\S+)$/gm)].map(([, tool]) => tool);
    expect(checked).toEqual([...tools].sort());
  });

  test("uses no library function that it does not have, and has none that it does not use", () => {
    const defined = [...script.matchAll(/^([a-z_]\w*)\(\) \{$/gm)].map(([, name]) => name ?? "");
    expect(new Set(defined).size).toBe(defined.length);
    const body = script.replace(/^\s*#.*$/gm, "").replace(/^\w+\(\) \{$/gm, "");
    expect(defined.filter((name) => !new RegExp(`\\b${name}\\b`).test(body))).toEqual([]);
  });

  test("begins and ends as it should", () => {
    expect(script).toMatch(/^#!\/usr\/bin\/env bash\n#\n/);
    expect(script).toContain(`cooper ${version}`);
    expect(script.endsWith('\n\nmain "$@"\n')).toBe(true);
    expect(script).not.toMatch(/[ \t]$/m);
    expect(script.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
  });

  test("speaks one language", () => {
    const lines = comments(script);
    const inChinese = lines.filter((line) => chinese.test(line));
    if (language === "zh") expect(inEnglish(lines)).toEqual([]);
    else expect(inChinese.filter((line) => !line.includes("数据"))).toEqual([]);
    expect(lines.length).toBeGreaterThan(20);
  });

  test("does the same in both languages", () => {
    const [english = "", inChinese = ""] = languages.map((each) =>
      compile(spec, { language: each }),
    );
    expect(differences(english, inChinese)).toEqual([]);
  });
});

test("every effect on the host stands in the header", () => {
  const script = compile(parseContainer(complete()));
  expect(headerList(script, "What it changes on the host:")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^directory: \$run_directory .*stays/),
      expect.stringMatching(/^run_directory: \/run\/cooper for root/),
      expect.stringMatching(/^device: br7 .*last container/),
      expect.stringMatching(/^firewall rule: .*192\.0\.2\.0\/24/),
      expect.stringMatching(/^kernel parameter: net\.ipv4\.ip_forward/),
      expect.stringMatching(/^namespace: \/run\/netns\/\$CONTAINER_NAME/),
      expect.stringMatching(/^cgroup: .*memory.*\$CONTAINER_NAME/),
    ]),
  );
});

test("without a network there is no iptables, without limits no cgroup", () => {
  const script = compile(parseContainer(minimal));
  expect(script).not.toMatch(/iptables|cgroup_|resolv\.conf/);
});

test("text that looks like the script's own code brings nothing into it", () => {
  const plain = { ...minimal, process: { args: ["/bin/sh", "x"], env: { A: "y" } } };
  const words = [...scriptWords, ...hostileTexts];
  const hostile = {
    ...minimal,
    process: { args: ["/bin/sh", ...words], env: { A: words.join("") } },
  };
  const functions = (input: object) =>
    compile(parseContainer(input)).match(/^([a-z_]\w*\(\) \{|\w+=(''|\(\)))$/gm);
  expect(functions(hostile)).toEqual(functions(plain));
});

test("a script with one more field differs only where that field matters", () => {
  const lines = (input: object) =>
    new Set(
      compile(parseContainer(input))
        .replace(/\n# \{\n[^]*$/, "")
        .replace(/[0-9a-f]{64}/g, "")
        .split("\n"),
    );
  const before = lines(minimal);
  const after = lines({ ...minimal, hostname: "box" });
  const added = [...after].filter((line) => !before.has(line));
  const gone = [...before].filter((line) => !after.has(line));
  expect(gone.filter((line) => !line.startsWith("  export -f "))).toEqual([]);
  expect(added.length).toBeLessThan(12);
  expect(added.join("\n")).toContain("step_hostname");
});
