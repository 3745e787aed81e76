import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type ContainerInput, languages, parseContainer, parseStack } from "../../src/index.js";
import { textWidth } from "../../src/model/text-width.js";
import { compare, type Diff } from "../../src/teach/diff/compare.js";
import { diffJson } from "../../src/teach/diff/json.js";
import { compareLines, hunks, type Line } from "../../src/teach/diff/lines.js";
import { diffMarkdown } from "../../src/teach/diff/markdown.js";
import { formatDiff } from "../../src/teach/diff/terminal.js";
import { read, type Reading } from "../../src/teach/reading.js";
import { complete, minimal } from "../support/containers.js";

const reading = (container: ContainerInput) => read(parseContainer(container), "en");
const compared = (before: ContainerInput, after: ContainerInput) =>
  compare(reading(before), reading(after));
const stepsOf = ({ containers }: Diff) => containers.flatMap(({ steps }) => steps);
const changes = (difference: Diff) =>
  Object.fromEntries(stepsOf(difference).map(({ change, reading: { step } }) => [step.id, change]));

const limited: ContainerInput = { ...minimal, resources: { cpu: { cpus: 0.5 } } };
const networked: ContainerInput = { ...minimal, network: { mode: "bridge" } };

describe("lines", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 });
  const side = (lines: readonly Line[], without: Line["kind"]) =>
    lines.filter(({ kind }) => kind !== without).map((line) => line.text);

  test("of a comparison are those of both texts", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareLines(before, after);
        expect(side(lines, "added")).toEqual(before);
        expect(side(lines, "removed")).toEqual(after);
      }),
    );
  });

  test("far from a change are left out and counted", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareLines(before, after);
        const found = hunks(lines, 1);
        const changed = (each: readonly Line[]) => each.filter(({ kind }) => kind !== "same");
        expect(changed(found.flatMap((hunk) => hunk.lines))).toEqual(changed(lines));
        const shown = found.reduce((sum, hunk) => sum + hunk.lines.length + hunk.skipped, 0);
        expect(shown).toBeLessThanOrEqual(lines.length);
      }),
    );
  });
});

describe("steps", () => {
  test("of the same container are the same", () => {
    expect(new Set(Object.values(changes(compared(complete(), complete()))))).toEqual(
      new Set(["same"]),
    );
  });

  test("come and go with their field", () => {
    const difference = compared(limited, networked);
    expect(changes(difference)).toMatchObject({
      cgroup: "removed",
      cgroup_join: "removed",
      nat: "added",
      veth: "added",
      name: "same",
    });
    expect(difference.fields.map(({ field }) => field)).toEqual([
      "resources.cpu.quota",
      "network.mode",
    ]);
  });

  test("have moved when they crossed others", () => {
    const [proc, tmp] = [
      { destination: "/proc", type: "proc" },
      { destination: "/tmp", type: "tmpfs" },
    ] as const;
    const difference = compared(
      { ...minimal, mounts: [proc, tmp] },
      { ...minimal, mounts: [tmp, proc] },
    );
    const moved = stepsOf(difference).filter(({ change }) => change === "moved");
    expect(moved).toHaveLength(1);
    expect(stepsOf(difference).filter(({ change }) => change === "removed")).toEqual([]);
  });

  test("that do something else have changed, in bash and in system calls", () => {
    const difference = compared({ ...minimal, hostname: "a" }, { ...minimal, hostname: "b" });
    const step = stepsOf(difference).find(({ reading: { step: each } }) => each.id === "hostname");
    expect(step?.change).toBe("changed");
    expect(
      step?.bash.filter(({ kind }) => kind !== "same").map((line) => line.text.trim()),
    ).toEqual(["write a /proc/sys/kernel/hostname", "write b /proc/sys/kernel/hostname"]);
    expect(step?.calls[0]?.lines).toEqual([
      { kind: "removed", text: 'sethostname("a", 1)' },
      { kind: "added", text: 'sethostname("b", 1)' },
    ]);
  });
});

describe("stacks", () => {
  const limit = (name: string, bytes: string): ContainerInput => ({
    ...minimal,
    name,
    resources: { memory: { limit: bytes } },
  });
  const stackOf = (...containers: readonly ContainerInput[]) =>
    read(parseStack({ containers }), "en");
  const sides = ({ containers }: Diff) => containers.map(({ before, after }) => [before, after]);
  const names = ["before", "after"] as const;
  const formatted = (difference: Diff) =>
    formatDiff(difference, { language: "en", names, columns: 100, color: false });

  test("are compared container by container, by name", () => {
    const [one, two, three] = ["one", "two", "three"].map((name) => limit(name, "64MiB")) as [
      ContainerInput,
      ContainerInput,
      ContainerInput,
    ];
    expect(sides(compare(stackOf(one, two), stackOf(two, one)))).toEqual([
      ["two", "two"],
      ["one", "one"],
    ]);
    expect(sides(compare(stackOf(one, two), stackOf(two)))).toEqual([
      ["two", "two"],
      ["one", undefined],
    ]);
    expect(sides(compare(stackOf(one, two), stackOf(two, three)))).toEqual([
      ["two", "two"],
      ["one", "three"],
    ]);
    expect(sides(compare(read(parseContainer(minimal), "en"), stackOf(one, two)))).toEqual([
      ["container", "one"],
      [undefined, "two"],
    ]);
  });

  test("what is the same of several containers is told once", () => {
    const [small, big] = ["64MiB", "128MiB"].map((bytes) =>
      stackOf(...["app-1", "app-10", "other"].map((name) => limit(name, bytes))),
    ) as [Reading, Reading];
    const difference = compare(small, big);
    const text = formatted(difference);
    expect(text.match(/^~ limit_memory/gm)).toHaveLength(1);
    expect(text.match(/As in app-1: limit_memory$/gm)).toHaveLength(2);
    const markdown = diffMarkdown(difference, { language: "en", names });
    expect(markdown.match(/^### limit_memory/gm)).toHaveLength(1);
    expect(markdown.match(/As in app-1: `limit_memory`$/gm)).toHaveLength(2);
  });

  test("a container that comes is told of as one that is there already", () => {
    const [one, two] = [limit("one", "64MiB"), limit("two", "64MiB")];
    for (const [before, after] of [
      [stackOf(one), stackOf(one, two)],
      [stackOf(one, two), stackOf(one)],
      [read(parseContainer(limit("else", "32MiB")), "en"), stackOf(one, two)],
    ] as const) {
      const text = formatted(compare(before, after));
      expect(text).toMatch(/^Steps: two \((new|gone)\)\n {2}As in one: name [a-z_\s]* exec$/m);
    }
  });

  test("what is not the same is told of each", () => {
    const before = stackOf(limit("a", "64MiB"), limit("b", "64MiB"));
    const text = formatted(compare(before, stackOf(limit("a", "128MiB"), limit("b", "256MiB"))));
    expect(text.match(/^~ limit_memory/gm)).toHaveLength(2);
    expect(text).not.toContain("As in");
  });

  test("fields are those of a container of the stack", () => {
    const before = stackOf(limit("a", "64MiB"), limit("b", "64MiB"));
    const after = stackOf(limit("a", "64MiB"), limit("b", "128MiB"));
    const { fields } = compare(before, after);
    expect(fields).toEqual([
      { field: "containers[1].resources.memory.limit", before: "67108864", after: "134217728" },
    ]);
  });
});

describe.each(languages)("in %s", (language) => {
  const names = ["before", "after"] as const;
  const [before, after] = [limited, complete()].map((each) => read(parseContainer(each), language));
  if (before === undefined || after === undefined) throw new Error("there are two");
  const difference = compare(before, after);

  it.each([80, 160])("no line is wider than a terminal of %i columns", (columns) => {
    const text = formatDiff(difference, { language, names, columns, color: false });
    for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test("a wide terminal shows what changed side by side", () => {
    const text = formatDiff(difference, { language, names, columns: 160, color: false });
    expect(text).toContain(" │ ");
  });

  test("colours are there only when asked for", () => {
    const show = (color: boolean) =>
      formatDiff(difference, { language, names, columns: 80, color });
    expect(show(false)).not.toContain("\u001b");
    expect(show(true).replaceAll(/\u001b\[\d+m/g, "")).toBe(show(false));
  });

  test("every new step is explained, in every format", () => {
    const forms = [
      formatDiff(difference, { language, names, columns: 5000, color: false }),
      diffMarkdown(difference, { language, names }).replaceAll("\\", ""),
      JSON.stringify(diffJson(difference, names)).replaceAll("\\", ""),
    ];
    const added = stepsOf(difference).filter(({ change }) => change === "added");
    expect(added.length).toBeGreaterThan(3);
    for (const {
      reading: { what, without, step },
    } of added)
      for (const text of forms) {
        expect(text).toContain(what);
        expect(text).toContain(without);
        for (const page of step.manual) expect(text).toContain(page);
      }
  });

  test("nothing in a container can leave the block of code it stands in", () => {
    const hostile = parseContainer({
      ...minimal,
      process: { args: ["x", "```\n# heading\n````"] },
    });
    const markdown = diffMarkdown(compare(before, read(hostile, language)), { language, names });
    expect(markdown.split("\n")).not.toContain("# heading");
  });
});

test("a step without a manual has no line for it", () => {
  const difference = compared(minimal, { ...minimal, banner: true });
  const options = { language: "en", names: ["a", "b"] } as const;
  for (const text of [
    formatDiff(difference, { ...options, columns: 100, color: false }),
    diffMarkdown(difference, options),
  ]) {
    expect(text).toContain("print the welcome text");
    expect(text).not.toContain("Manual");
  }
});

test("two containers that are the same are said to be", () => {
  const options = { language: "en", names: ["a", "b"], columns: 80, color: false } as const;
  expect(formatDiff(compared(minimal, minimal), options)).toContain("are the same");
});
