import { describe, expect, it, test } from "vitest";
import { CooperError, param, parseStack, text } from "../../../src/index.js";
import { canonicalStackJson } from "../../../src/model/spec/stack.js";

const plain = (name: string) => ({ name, privileged: true }) as const;

function problemsOf(input: unknown): string[] {
  try {
    parseStack(input);
  } catch (error) {
    if (!(error instanceof CooperError)) throw error;
    return error.problems.map(({ code, field = [] }) => `${code} ${field.map(String).join(".")}`);
  }
  return [];
}

/** A container that keeps what it writes, each at the same place. */
const kept = (name: string) => ({
  ...plain(name),
  root: { layers: ["/srv"], overlay: { path: "/kept" } },
});

describe("a stack", () => {
  test("has the parameters of all its containers in each", () => {
    const [a, b] = [param.name("A", { default: "a" }), param.name("B", { default: "b" })];
    const { containers } = parseStack({
      containers: [
        { name: a, privileged: true },
        { name: text`${b}-2`, privileged: true },
      ],
    });
    for (const { parameters } of containers)
      expect(parameters.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  test("gives its network to those that name none, and makes peers of those on one bridge", () => {
    const { containers } = parseStack({
      network: { mode: "bridge", bridge: "br1" },
      containers: [
        plain("a"),
        { ...plain("b"), network: { mode: "none" } },
        plain("c"),
        { ...plain("d"), network: { mode: "bridge", bridge: "br2" } },
      ],
    });
    expect(containers.map(({ network }) => network.peers)).toEqual([["c"], [], ["a"], []]);
  });

  test("reads back from its own JSON to itself", () => {
    const name = param.name("NAME", { default: "x" });
    const stack = parseStack({
      network: { mode: "bridge" },
      containers: [{ name, privileged: true }, plain("b")],
    });
    const json = canonicalStackJson(stack);
    expect(canonicalStackJson(parseStack(JSON.parse(json)))).toBe(json);
  });

  it.each([
    [{ containers: [] }, "invalid-value containers"],
    [{ containers: [plain("a"), plain("a")] }, "duplicate-value containers.1.name"],
    [
      { containers: [kept("a"), plain("b"), kept("c")] },
      "duplicate-value containers.2.root.overlay.path",
    ],
    [
      { containers: [plain("a"), { ...plain("b"), hostnam: "x" }] },
      "unknown-field containers.1.hostnam",
    ],
    [{ containers: [plain("a")], networks: {} }, "unknown-field networks"],
  ])("%j is refused: %s", (input, problem) => {
    expect(problemsOf(input)).toEqual([problem]);
  });
});
