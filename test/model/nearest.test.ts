import { expect, test } from "vitest";
import { CooperError } from "../../src/model/errors.js";
import { nearest } from "../../src/model/nearest.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { problemsOf } from "../support/problems.js";

const known = ["name", "hostname", "root", "process", "network", "resources"];

test.each([
  ["nmae", undefined],
  ["naem", undefined],
  ["nam", "name"],
  ["Name", "name"],
  ["hostnmae", "hostname"],
  ["rooot", "root"],
  ["netwrok", "network"],
  ["resource", "resources"],
  ["x", undefined],
  ["volumes", undefined],
  ["", undefined],
])("%j suggests %j", (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});

test("the nearest of several wins, and without names there is none", () => {
  expect(nearest("ports", ["sort", "port", "part"])).toBe("port");
  expect(nearest("ports", [])).toBeUndefined();
});

test.each([
  [
    { network: { briddge: "br0" } },
    "bridge",
    ["mode", "bridge", "subnet", "dns", "peers", "publish"],
  ],
  [{ resources: { cpu: { quotas: 1 } } }, "quota", ["quota", "period", "cpus"]],
  [
    { mounts: [{ destinaton: "/a", type: "tmpfs" }] },
    "destination",
    ["destination", "type", "options"],
  ],
  [
    { mounts: [{ destination: "/a", type: "bind", sorce: "/a" }] },
    "source",
    ["destination", "type", "source", "options"],
  ],
  // OCI has given it up; what is written like it most is another.
  [
    { hooks: { prestart: [] } },
    "createRuntime",
    ["createRuntime", "createContainer", "startContainer", "poststart", "poststop"],
  ],
])("an unknown field of %j is told with the names known there", (fields, suggestion, names) => {
  const problems = problemsOf(() => parseContainer({ privileged: true, ...fields }));
  const unknown = problems.find(({ code }) => code === "unknown-field");
  expect(unknown?.parameters).toMatchObject({ suggestion, known: names });
});

test("an error tells the code of its first problem and all problems in English", () => {
  const [first, second] = problemsOf(() => parseContainer({ privileged: true, nam: "", bannr: 1 }));
  if (first === undefined || second === undefined) throw new Error("two problems were expected");
  const error = new CooperError([first, second]);
  expect(error.code).toBe("unknown-field");
  expect(error.message.split("\n")).toHaveLength(2);
  expect(error.message).toContain('"name"');
});
