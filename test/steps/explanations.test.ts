import { describe, expect, test } from "vitest";
import { parseContainer } from "../../src/model/spec/parse.js";
import { plan } from "../../src/plan/plan.js";
import { phases, phaseTitles, type Step, toolPackages } from "../../src/steps/step.js";
import { chinese, englishProse } from "../support/chinese.js";
import { complete, layeredRoot, minimal } from "../support/containers.js";
import { templateFiles } from "../support/template-files.js";

const everyMount = [...parseContainer(minimal).mounts, ...(complete().mounts ?? []).slice(2)];

/** A step of every kind there is, with everything that is said about it. */
const specs = [
  parseContainer({ ...complete(), mounts: everyMount }),
  parseContainer({
    ...complete(),
    ...{
      mounts: everyMount,
      namespaces: undefined,
      uidMappings: undefined,
      gidMappings: undefined,
    },
  }),
  parseContainer({ ...minimal, root: { switch: "chroot" } }),
  parseContainer({ ...minimal, namespaces: ["user", "mount", "network"], root: layeredRoot }),
  parseContainer({ ...minimal, namespaces: ["user", "mount", "network"] }),
  parseContainer({ ...minimal, network: { mode: "container:web" } }),
];
const everyStep = new Map<string, Step>(
  specs
    .flatMap((spec) => plan(spec).steps)
    .map((step) => [`${step.kind} ${step.explanation.en.what}`, step]),
);
const steps = [...everyStep.values()].map((step) => ({ name: step.id, ...step }));

test("there is a step of every kind", () => {
  const templates = templateFiles()
    .filter(({ name }) => name.startsWith("steps/"))
    .map(({ name }) => name.slice("steps/".length, -".sh".length));
  expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(templates));
});

describe.each(steps)("$name", ({ explanation, title, undo, manual, tools, effects }) => {
  test("is explained in English and Chinese", () => {
    for (const text of [explanation.en.what, explanation.en.without]) {
      expect(text).toMatch(/^\S.*[.]$/);
      expect(text).not.toMatch(chinese);
    }
    for (const text of [explanation.zh.what, explanation.zh.without]) {
      expect(text).toMatch(chinese);
      expect(text).toMatch(/。$/);
      expect(text).not.toMatch(englishProse);
      expect(text).not.toMatch(/[\u4e00-\u9fff][,;]/);
    }
    expect(explanation.zh.what).not.toBe(explanation.zh.without);
  });

  test("has a title and an undo in both languages", () => {
    const json = (text: unknown) => JSON.stringify(text);
    expect(json(title.zh)).toMatch(chinese);
    expect(json(title.en)).not.toMatch(chinese);
    if (undo !== undefined) {
      expect(json(undo.zh)).toMatch(chinese);
      expect(json(undo.en)).not.toMatch(chinese);
    }
  });

  test("names manual pages as name(section)", () => {
    for (const page of manual) expect(page).toMatch(/^[a-z][A-Za-z0-9_.-]*\([1-8]\)$/);
    expect(new Set(manual).size).toBe(manual.length);
  });

  test("needs tools whose packages are known, each once", () => {
    for (const tool of tools) expect(Object.keys(toolPackages)).toContain(tool);
    expect(new Set(tools).size).toBe(tools.length);
  });

  test("has effects that are data", () => {
    expect(JSON.parse(JSON.stringify(effects))).toHaveLength(effects.length);
  });
});

test.each(phases)("the phase %s has a title in both languages", (phase) => {
  expect(phaseTitles[phase].en).toMatch(/^[A-Z]/);
  expect(phaseTitles[phase].zh).toMatch(chinese);
});

test("the tools a step's template runs are the ones it says it needs", () => {
  const known = Object.keys(toolPackages);
  for (const { name, source } of templateFiles().filter((file) => file.name.startsWith("steps/"))) {
    const kind = name.slice("steps/".length, -".sh".length);
    const used = [...source.matchAll(/\brun (?:exec )?([a-z_]+)\b/g)].map(([, tool]) => tool ?? "");
    const declared = new Set(
      steps.filter((step) => step.kind === kind).flatMap((step) => step.tools),
    );
    const missing = used.filter((tool) => known.includes(tool) && !declared.has(tool as never));
    expect({ kind, missing }).toEqual({ kind, missing: [] });
  }
});
