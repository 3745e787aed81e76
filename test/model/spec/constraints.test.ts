import { expect, test } from "vitest";
import { add, param, text } from "../../../src/model/param.js";
import { constraintsOf } from "../../../src/model/spec/constraints.js";
import { parseContainer } from "../../../src/model/spec/parse.js";
import { complete, minimal } from "../../support/containers.js";

const check = (fields: object) => constraintsOf(parseContainer({ ...minimal, ...fields }));

test("literals need no check when the script runs", () => {
  expect(check({ name: "a", resources: { memory: { limit: "1g" }, cpu: { cpus: 1 } } })).toEqual(
    [],
  );
});

test("a parameter of the field's own type needs none either", () => {
  expect(check({ name: param.name("A", { default: "a" }) })).toEqual([]);
});

test("text is checked to be of the field's type", () => {
  const value = text`${param.text("A", { default: "a" })}-x`;
  expect(check({ name: value })).toMatchObject([{ field: "name", type: "name", form: undefined }]);
});

test("a range is checked of parameters and arithmetic", () => {
  const quota = param.integer("A", { default: 5000 });
  expect(check({ resources: { cpu: { quota: add(quota, 1) } } })).toMatchObject([
    { field: "resources.cpu.quota", type: "integer", range: { minimum: 1000 } },
  ]);
});

test("a working directory has to be absolute, a root directory need not be", () => {
  const path = param.path("A", { default: "/a" });
  expect(check({ root: { path }, process: { cwd: path } })).toMatchObject([
    { field: "process.cwd", form: "absolute", type: undefined },
  ]);
});

test("layers have to be absolute, and so has the directory that keeps changes", () => {
  const path = param.path("A", { default: "/a" });
  expect(check({ root: { layers: ["/b", path], overlay: { path } } })).toMatchObject([
    { field: "root.layers[1]", path: ["root", "layers", 1], form: "absolute" },
    { field: "root.overlay.path", path: ["root", "overlay", "path"], form: "absolute" },
  ]);
});

test("a list of numbers is checked of any text", () => {
  const cpus = param.text("A", { default: "0-3" });
  expect(check({ resources: { cpuset: { cpus } } })).toMatchObject([
    { field: "resources.cpuset.cpus", type: undefined, form: "numbers" },
  ]);
});

test("an address is checked of any expression, whatever its type", () => {
  const address = param.text("A", { default: "192.0.2.1" });
  expect(check({ extraHosts: { db: address } })).toMatchObject([
    { field: "extraHosts.db", form: "address", type: undefined },
  ]);
});

test("every expression of a container is found", () => {
  expect(constraintsOf(parseContainer(complete())).map(({ field }) => field)).toEqual([
    "hostname",
    "mounts[2].source",
    "mounts[3].source",
    "resources.cpu.quota",
    "resources.memory.limit",
    "resources.memory.swap",
    "resources.pids.limit",
    "resources.cpuset.cpus",
    "resources.blockIO.throttleReadBpsDevice[0].path",
    "resources.blockIO.throttleWriteBpsDevice[0].rate",
    "resources.blockIO.throttleWriteIOPSDevice[0].rate",
    "network.peers[1]",
    "network.publish[2].hostPort",
    "extraHosts.database",
    "hooks.poststart[0][0]",
    "uidMappings[0].hostID",
    "uidMappings[1].hostID",
  ]);
});
