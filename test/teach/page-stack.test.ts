import { expect, test } from "vitest";
import { parseStack } from "../../src/index.js";
import { fieldsOfLines } from "../../src/teach/page/config-fields.js";
import { buildPage } from "../../src/teach/page/page.js";
import { minimal } from "../support/containers.js";

const stack = parseStack({
  containers: [
    { ...minimal, name: "one", hostname: "one", resources: { memory: { limit: "64MiB" } } },
    { ...minimal, name: "two", hostname: "two" },
    { ...minimal, name: "three", network: { mode: "host" }, banner: true },
  ],
});

const page = buildPage([{ name: "stack", described: stack }], { language: "en" });
const [shown] = page.containers;
if (shown === undefined) throw new Error("there is one");

test("the containers of a stack are drawn beside each other, each with its limits", () => {
  const drawn = shown.drawing.shapes.map(({ kind, text }) => `${kind} ${text?.en ?? ""}`);
  expect(drawn.filter((each) => each.startsWith("title "))).toEqual([
    "title one",
    "title two",
    "title three",
  ]);
  expect(drawn.filter((each) => each === "cgroup ")).toHaveLength(1);
});

test("what they have in common is shown of the first, and said of the others", () => {
  const ids = shown.steps.map(({ id }) => id);
  expect(ids.filter((id) => id === "hostname")).toHaveLength(1);
  expect(ids).toContain("banner");
  expect(new Set(shown.steps.map(({ key }) => key)).size).toBe(ids.length);
  expect(new Set(shown.steps.map(({ number }) => number)).size).toBe(ids.length);
  expect(shown.repeated.map(({ en }) => en.replace(/ name .*/, ""))).toEqual([
    "two: As in one:",
    "three: As in one:",
  ]);
  expect(shown.repeated[0]?.zh).toMatch(/^two：与 one 相同：name /);
  const banner = shown.steps.find(({ id }) => id === "banner");
  expect(banner?.key).toBe("three banner banner");
});

test("a line of a stack is about the field of its container", () => {
  const lines = [
    "export default defineStack({",
    '  network: { mode: "bridge" },',
    "  containers: [",
    "    {",
    '      name: "one",',
    "      resources: { memory: { limit: 1 } },",
    "    },",
    "  ],",
    "});",
  ];
  const fields = fieldsOfLines(lines);
  expect([fields[1], fields[4], fields[5]]).toEqual([["network"], ["name"], ["resources"]]);
});
