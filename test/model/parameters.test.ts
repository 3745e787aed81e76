import { describe, expect, test } from "vitest";
import { bindParameters, collectParameters } from "../../src/model/expressions.js";
import { add, divide, multiply, param, text } from "../../src/model/param.js";
import { readable } from "../../src/model/readable.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { Arithmetic, evaluate, Text } from "../../src/model/value.js";
import { problemsOf } from "../support/problems.js";

const names = (input: unknown) => collectParameters(input).map(({ name }) => name);

describe("positional order", () => {
  test("is the order of declaration, wherever a parameter stands", () => {
    const second = param.name("ALPHA", { default: "a" });
    const third = param.text("BETA", { default: "b" });
    const first = param.name("GAMMA", { default: "c" });
    const spec = parseContainer({
      privileged: true,
      name: first,
      hostname: second,
      process: { args: [text`${third}-${second}`, third] },
    });
    expect(names(spec)).toEqual(["ALPHA", "BETA", "GAMMA"]);
    expect(spec.parameters.map(({ name }) => name)).toEqual(["ALPHA", "BETA", "GAMMA"]);
  });

  test("is the order under `parameters` in JSON", () => {
    const spec = parseContainer({
      parameters: {
        ZULU: { type: "name", default: "z" },
        ALPHA: { type: "name", default: "a" },
      },
      privileged: true,
      name: { $param: "ALPHA" },
      hostname: { $text: [{ $param: "ZULU" }, "-x"] },
    });
    expect(spec.parameters.map(({ name }) => name)).toEqual(["ZULU", "ALPHA"]);
  });

  test("two declarations that say the same are one parameter, at the place of the first", () => {
    const options = { default: "a" };
    const list = [param.name("A", options), param.name("B", options), param.name("A", options)];
    expect(names(list)).toEqual(["A", "B"]);
  });
});

describe("names", () => {
  test.each(["ROOTFS", "A", "CPU_LIMIT_2", "A".repeat(64), "PATHS", "MY_PATH", "HOST_PORT"])(
    "%s can be used",
    (name) => {
      expect(param.text(name, { default: "" }).name).toBe(name);
    },
  );

  test.each([
    ...["", "a", "_A", "1A", "A-B", "A B", "A\n", "Ä", "A".repeat(65), "A=B"],
    ...["PATH", "HOME", "IFS", "UID", "EUID", "PWD", "REPLY", "RANDOM", "SECONDS", "BASH_ENV"],
    ...["BASHOPTS", "SHELLOPTS", "LD_PRELOAD", "LC_ALL", "LANG", "NO_COLOR", "PS4", "TERM", "ENV"],
    // These change what bash does, or bash changes them: CDPATH moves cd, FUNCNEST ends deep calls, GLOBIGNORE
    // hides files, TMOUT ends read, LINES and COLUMNS follow the terminal.
    ...["CDPATH", "FUNCNEST", "GLOBIGNORE", "TMOUT", "LINES", "COLUMNS", "COPROC", "TZ"],
    ...[
      "HISTFILE",
      "HOSTNAME",
      "MAIL",
      "MAILPATH",
      "OPTIND",
      "POSIXLY_CORRECT",
      "XTABLES_LIBDIR",
      "LIBMOUNT_FSTAB",
    ],
  ])("%j is reserved or malformed", (name) => {
    expect(problemsOf(() => param.text(name, { default: "" }))[0]?.code).toBe("parameter-name");
  });
});

describe("bindParameters", () => {
  const quota = param.integer("QUOTA", { default: 1 });
  const period = param.integer("PERIOD", { default: 1 });
  const name = param.name("NAME", { default: "a" });

  test("replaces a parameter by its normalised value and leaves the others", () => {
    const memory = param.bytes("MEMORY", { default: 0 });
    const bound = bindParameters({ list: [quota, memory, name] }, new Map([["MEMORY", "1k"]]));
    expect(bound).toEqual({ list: [quota, 1024, name] });
  });

  test("folds text and arithmetic that are known, and keeps what is not", () => {
    const input = { a: text`${name}-${add(quota, 1)}`, b: text`${name}`, c: divide(quota, period) };
    const bound = bindParameters(
      input,
      new Map([
        ["QUOTA", "-7"],
        ["NAME", "x"],
      ]),
    ) as typeof input;
    expect(bound).toEqual({ a: "x--6", b: "x", c: new Arithmetic("divide", -7, period) });
    expect(bindParameters(input, new Map([["QUOTA", "1"]]))).toMatchObject({
      a: new Text([name, "-", 2]),
    });
  });

  test("an assignment of something that looks like an expression is text", () => {
    const command = param.text("COMMAND", { default: "" });
    const given = '{"$param":"NAME"}';
    const spec = parseContainer(
      { privileged: true, process: { args: [command] } },
      new Map([["COMMAND", given]]),
    );
    expect(spec.process.args).toEqual([given]);
    expect(spec.parameters).toEqual([]);
  });

  test("a bound value is checked like a literal", () => {
    const container = { privileged: true, resources: { cpu: { quota } } };
    const problems = problemsOf(() => parseContainer(container, new Map([["QUOTA", "5"]])));
    expect(problems.map(({ code }) => code)).toEqual(["limit-range"]);
  });

  test("an unknown parameter is told with the nearest", () => {
    const [found] = problemsOf(() => bindParameters([quota, name], new Map([["QUOTE", "1"]])));
    expect(found?.parameters).toEqual({
      name: "QUOTE",
      known: ["QUOTA", "NAME"],
      suggestion: "QUOTA",
    });
  });

  test("no assignment changes nothing", () => {
    const input = { quota };
    expect(bindParameters(input, new Map())).toBe(input);
  });

  test("a fold that a double cannot hold stays exact", () => {
    const big = param.bytes("BIG", { default: 0 });
    const value = divide(multiply(big, 1000), 1000);
    const bound = bindParameters([value], new Map([["BIG", "8191t"]])) as [Arithmetic];
    expect(evaluate("bytes", bound[0], new Map())).toBe(8191 * 1024 ** 4);
  });
});

describe("evaluate", () => {
  const a = param.integer("A", { default: 7 });
  const bytes = param.bytes("BYTES", { default: "2TiB" });

  test.each([
    [add(a, 1), 8],
    [divide(-7, 2), -3],
    [divide(a, -2), -3],
    [multiply(add(a, -10), 5), -15],
    [divide(multiply(bytes, 1000), multiply(1000, 1024 ** 4)), 2],
  ])("%j", (value, expected) => {
    expect(evaluate("integer", value, new Map())).toBe(expected);
  });

  test("a default of more than 12 digits is an amount of memory too", () => {
    expect(evaluate("bytes", bytes, new Map())).toBe(2 * 1024 ** 4);
  });

  test("takes the bindings, else the default", () => {
    const value = text`${a}/${bytes}`;
    expect(evaluate("text", value, new Map([["A", -1]]))).toBe("-1/2199023255552");
  });
});

test.each([
  [text`${param.name("N", { default: "n" })}-x`, "$N-x"],
  [add(param.integer("A", { default: 1 }), divide(6, 2)), "$A + (6 / 2)"],
  ["literal", "literal"],
  [3, "3"],
])("a reader sees %j as %s", (value, expected) => {
  expect(readable(value)).toBe(expected);
});
