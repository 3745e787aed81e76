import { describe, expect, test } from "vitest";
import type { ProblemCode } from "../../src/model/errors.js";
import { bindParameters } from "../../src/model/expressions.js";
import { en } from "../../src/model/messages/en.js";
import { add, divide, param, subtract, text } from "../../src/model/param.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { evaluate } from "../../src/model/value.js";
import { greeting, memory, name, quota, rootfs, wrongFields } from "./wrong-fields.js";
import { brief, problemsOf, problemsWith } from "../support/problems.js";

/** Everything else that is refused by the model: what is done, and `code field`. */
const wrongCalls: [string, () => unknown, string][] = [
  ["a reserved name", () => param.path("PATH", { default: "/" }), "parameter-name"],
  ["a lower-case name", () => param.path("rootfs", { default: "/" }), "parameter-name"],
  ["an invalid default", () => param.integer("N", { default: 0.5 }), "parameter-default"],
  ["a parameter in a string", () => String(rootfs), "parameter-in-string"],
  ["a text in a string", () => String(text`${rootfs}`), "parameter-in-string"],
  ["arithmetic in a string", () => String(add(quota, 1)), "parameter-in-string"],
  [
    "binding a parameter that is not there",
    () => bindParameters({ name }, new Map([["CONTAINER", "x"]])),
    "parameter-unknown",
  ],
  [
    "binding a value of another type",
    () => bindParameters({ a: quota }, new Map([["CPU_LIMIT", "much"]])),
    "value-type CPU_LIMIT",
  ],
  [
    "two parameters of one name",
    () =>
      parseContainer({
        privileged: true,
        name: param.name("NAME", { default: "a" }),
        hostname: param.name("NAME", { default: "b" }),
      }),
    "parameter-conflict",
  ],
  [
    "two parameters of one name and different types",
    () =>
      parseContainer({
        privileged: true,
        process: {
          args: [param.text("NAME", { default: "a" }), param.name("NAME", { default: "a" })],
        },
      }),
    "parameter-conflict",
  ],
  [
    "division by zero",
    () => evaluate("integer", divide(quota, subtract(memory, memory)), new Map()),
    "division-by-zero",
  ],
  [
    "division by zero, known when parameters are bound",
    () => bindParameters({ a: divide(1, quota) }, new Map([["CPU_LIMIT", "0"]])),
    "division-by-zero",
  ],
  [
    "a text that is no name once it is known",
    () => evaluate("name", text`${greeting}!`, new Map()),
    "value-type",
  ],
  ["a container that is null", () => parseContainer(null), "invalid-value"],
  ["a container that is a list", () => parseContainer([]), "invalid-value"],
  ["nothing", () => parseContainer(undefined), "invalid-value"],
];

/** Configs as JSON has them, with expressions in their JSON form. */
const wrongJson: [object, string][] = [
  [{ name: { $param: "NAME" } }, "parameter-unknown name"],
  [{ parameters: { NAME: { type: "name" } } }, "invalid-value parameters.NAME.default"],
  [{ parameters: { NAME: { type: "nmae", default: "a" } } }, "invalid-value parameters.NAME.type"],
  [{ parameters: { NAME: { default: "a" } } }, "invalid-value parameters.NAME.type"],
  [
    { parameters: { NAME: { type: "name", default: "a", help: 1 } } },
    "invalid-value parameters.NAME.help",
  ],
  [
    { parameters: { NAME: { type: "name", default: "a", hlep: "" } } },
    "unknown-field parameters.NAME",
  ],
  [{ hooks: { poststop: ["/bin/true"] } }, "invalid-value hooks.poststop[0]"],
  [{ hooks: { poststop: [[]] } }, "invalid-value hooks.poststop[0][0]"],
  [{ hooks: { poststop: [["true"]] } }, "path-absolute hooks.poststop[0][0]"],
  [{ hooks: { poststop: [["/a/../b"]] } }, "path-absolute hooks.poststop[0][0]"],
  [{ hooks: { poststop: [["/bin/true", "a\u0000"]] } }, "value-type hooks.poststop[0][1]"],
  [{ parameters: [] }, "invalid-value parameters"],
  [{ parameters: { NAME: "name" } }, "invalid-value parameters.NAME"],
  [{ parameters: { NAME: { type: "name", default: "-" } } }, "parameter-default"],
  [{ parameters: { IFS: { type: "name", default: "a" } } }, "parameter-name"],
  [{ process: { args: [{ $add: [1, "2"] }] } }, "invalid-value process.args[0]"],
  [{ process: { args: [{ $add: [1] }] } }, "invalid-value process.args[0]"],
  [{ process: { args: [{ $power: [1, 2] }] } }, "invalid-value process.args[0]"],
  [{ process: { args: [{ $text: "a" }] } }, "invalid-value process.args[0]"],
  [{ process: { args: [{ $text: [null] }] } }, "invalid-value process.args[0]"],
  [{ process: { args: [{ $text: ["a"], extra: 1 }] } }, "invalid-value process.args[0]"],
];

describe("wrong fields", () => {
  test.each(wrongFields)("%j", (fields, ...expected) => {
    expect(problemsWith(fields).sort()).toEqual(expected.sort());
  });

  test("a wrong tag is told by itself, not by the object that has it", () => {
    const received = (mount: object) =>
      problemsOf(() => parseContainer({ mounts: [mount as never] }))[0]?.parameters["received"];
    expect(received({ destination: "/a", type: "nfs" })).toBe('"nfs"');
    expect(received({ destination: "/a" })).toBe("undefined");
  });

  test("none are in a container that says nothing", () => {
    expect(parseContainer({})).toMatchObject({
      privileged: false,
      process: { noNewPrivileges: true },
    });
  });
});

describe("wrong calls", () => {
  test.each(wrongCalls)("%s", (_, call, expected) => {
    expect(problemsOf(call).map(brief)).toEqual([expected]);
  });
});

describe("wrong JSON", () => {
  test.each(wrongJson)("%j", (fields, expected) => {
    expect(problemsWith(fields)).toEqual([expected]);
  });
});

test("every problem code of the model is tested here", () => {
  const reader = /^(config-|file-|stack-|json-|typescript-syntax$|type-error$)/;
  const plan = /^step-/;
  const audit = /^script-/;
  const commandLine = /-(assignment|flag)$/;
  const ofModel = (Object.keys(en) as ProblemCode[]).filter(
    (code) =>
      !reader.test(code) && !commandLine.test(code) && !plan.test(code) && !audit.test(code),
  );
  const tested = [
    ...wrongFields.flatMap(([, ...expected]) => expected),
    ...wrongCalls.map(([, , expected]) => expected),
    ...wrongJson.map(([, expected]) => expected),
  ].map((expected) => expected.split(" ")[0]);
  expect(ofModel.filter((code) => !tested.includes(code))).toEqual([]);
});
