import { describe, expect, test } from "vitest";
import { param, text } from "../../src/model/param.js";
import { readable } from "../../src/model/readable.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { evaluate, isExpression } from "../../src/model/value.js";
import { plan } from "../../src/plan/plan.js";
import type { LimitFields } from "../../src/steps/limit.js";
import { phases } from "../../src/steps/step.js";
import { complete, minimal } from "../support/containers.js";
import { pairwiseCases, structuralCases } from "../support/matrix.js";

const planned = (fields: object) => plan(parseContainer({ ...minimal, ...fields })).steps;
const kinds = (fields: object) => planned(fields).map(({ kind }) => kind);

describe.each([...pairwiseCases(), ...structuralCases().filter((_, index) => index % 16 === 0)])(
  "$name",
  ({ spec }) => {
    const { steps } = plan(spec);

    test("goes through the phases in order", () => {
      const order = steps.map(({ phase }) => phases.indexOf(phase));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    });

    test("is on the host first, then starts the container, and ends as the command", () => {
      const where = steps.map((step) => step.where);
      const started = steps.findIndex(({ kind }) => kind === "start");
      expect(new Set(where.slice(0, started + 1))).toEqual(new Set(["host"]));
      // What the host does later, it does while the container waits, or when there is nothing left to build.
      const waits = steps.findLastIndex(({ kind }) => kind === "wait");
      const ends = steps.findIndex(({ kind }) => kind === "exec");
      const alone = where.slice(Math.max(started, waits) + 1, ends);
      expect(new Set(alone)).toEqual(new Set(alone.length === 0 ? [] : ["container"]));
      expect(new Set(steps.slice(ends + 1).map(({ phase }) => phase))).toEqual(
        new Set(steps.slice(ends + 1).length === 0 ? [] : ["running", "stopped"]),
      );
      expect(steps[0]?.kind).toBe("name");
      expect(steps.filter(({ takesCommand }) => takesCommand).map(({ kind }) => kind)).toEqual([
        "start",
        "exec",
      ]);
    });

    test("has steps with ids of their own, usable in the name of a bash function", () => {
      const ids = steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9_]*$/);
    });

    test("undoes what it leaves on the host", () => {
      // The files lie in the directory that `name` removes, or in that of the container whose network is joined.
      const undoneByOthers = ["ports", "resolv-conf", "hosts", "join-network"];
      for (const { kind, where, effects, undo } of steps) {
        const lasting = effects.filter(
          ({ type, lifetime }) => lifetime !== "stays" && type !== "mount" && type !== "process",
        );
        if (where === "container") expect(undo, kind).toBeUndefined();
        else if (lasting.length > 0 && !undoneByOthers.includes(kind))
          expect(undo, kind).toBeDefined();
      }
    });

    test("says what every step changes, and how long that stays", () => {
      for (const { target, lifetime } of steps.flatMap(({ effects }) => effects)) {
        expect(readable(target)).not.toMatch(/undefined|\[object/);
        expect(readable(target)).not.toBe("");
        expect(["container", "shared", "stays"]).toContain(lifetime);
      }
    });

    test("has every step's template-fed title in both languages", () => {
      for (const { title } of steps)
        for (const language of ["en", "zh"] as const)
          expect(readable(title[language])).not.toMatch(/undefined|\[object|^$/);
    });
  },
);

describe("what a field adds", () => {
  const base = kinds({});

  test("the least there is", () => {
    expect(base).toEqual([
      "name",
      "network-namespace",
      "interfaces",
      "start",
      "root-build",
      "mount",
      "mount",
      "mount",
      "pivot-root",
      "exec",
    ]);
  });

  test.each<[object, readonly string[], readonly string[]]>([
    [{ hostname: "a" }, ["hostname"], []],
    [{ banner: true }, ["banner"], []],
    [{ root: { path: "/srv" } }, ["root-mount"], ["root-build"]],
    [{ root: { switch: "chroot" } }, ["chroot"], ["pivot-root"]],
    [{ root: { path: "/srv", switch: "chroot" } }, ["chroot"], ["root-build", "pivot-root"]],
    [{ resources: { memory: { limit: "64m" } } }, ["cgroup", "limit", "cgroup-join"], []],
    [{ resources: { cpu: { cpus: 1 } } }, ["cgroup", "limit", "cgroup-join"], []],
    [{ resources: { pids: { limit: 9 } } }, ["cgroup", "limit", "cgroup-join"], []],
    [{ resources: { cpuset: { cpus: "0" } } }, ["cgroup", "cpuset", "cgroup-join"], []],
    [
      { resources: { blockIO: { throttleReadBpsDevice: [{ path: "/dev/sda", rate: 1 }] } } },
      ["cgroup", "block-io", "cgroup-join"],
      [],
    ],
    [{ resources: { blockIO: {} } }, [], []],
    [{ resources: { cpu: { period: 50_000 } } }, [], []],
    [{ network: { mode: "host" } }, [], ["network-namespace", "interfaces"]],
    [
      { network: { mode: "host", dns: ["192.0.2.1"] } },
      ["resolv-conf", "mount"],
      ["network-namespace", "interfaces"],
    ],
    [{ network: { mode: "bridge" } }, ["address", "sysctl", "bridge", "nat", "veth"], []],
    [
      { network: { mode: "bridge" }, hostname: "a" },
      ["address", "sysctl", "bridge", "nat", "veth", "hostname", "hosts", "mount"],
      [],
    ],
    [{ extraHosts: { db: "192.0.2.1" } }, ["hosts", "mount"], []],
    [
      { network: { mode: "bridge", publish: ["80:80"] } },
      [
        ...["address", "sysctl", "bridge", "nat", "veth"],
        ...["ports", "route-localnet", "publish"],
      ],
      [],
    ],
    [
      { network: { mode: "bridge", publish: ["192.0.2.1:80:80"] } },
      ["address", "sysctl", "bridge", "nat", "veth", "ports", "publish"],
      [],
    ],
    [{ mounts: [] }, [], ["mount", "mount", "mount"]],
  ])("%j", (fields, added, removed) => {
    const expected = [...base, ...added];
    for (const kind of removed) expected.splice(expected.indexOf(kind), 1);
    expect(kinds(fields).sort()).toEqual(expected.sort());
  });

  test("the order of the network: lease before devices, namespace before what is in it, rules before the bridge", () => {
    const order = kinds({ network: { mode: "bridge", dns: ["192.0.2.1"] } });
    const expected = [
      "address",
      "network-namespace",
      "nat",
      "bridge",
      "veth",
      "interfaces",
      "resolv-conf",
    ];
    expect(order.filter((kind) => expected.includes(kind))).toEqual(expected);
  });

  test("mounts come in the order given, the resolver's last, and the root is switched after them", () => {
    const mounts = ["/b", "/a", "/a/c"].map((destination) => ({ destination, type: "tmpfs" }));
    const steps = planned({ mounts, network: { mode: "host", dns: ["192.0.2.1"] } });
    const from = steps.findIndex(({ kind }) => kind === "mount");
    expect(steps.slice(from, from + 5).map(({ id }) => id)).toEqual([
      "mount_b",
      "mount_a",
      "mount_a_c",
      "mount_etc_resolv_conf",
      "pivot_root",
    ]);
  });

  test("paths that ask for the same id get ids of their own", () => {
    const mounts = ["/a/b", "/a_b", "/a/b_2", "/数据", "/容器"].map((destination) => ({
      destination,
      type: "tmpfs",
    }));
    const ids = planned({ mounts })
      .filter(({ kind }) => kind === "mount")
      .map(({ id }) => id);
    expect(ids).toEqual(["mount_a_b", "mount_a_b_2", "mount_a_b_2_2", "mount", "mount_2"]);
  });
});

describe("the fields of steps", () => {
  const fieldsOf = (kind: string, fields: object) =>
    planned(fields).find((step) => step.kind === kind)?.fields;

  test("the gateway is the first address of the subnet, leases begin with the second", () => {
    const network = { mode: "bridge", subnet: "192.0.2.128/25", bridge: "br7" };
    expect(fieldsOf("bridge", { network })).toEqual({ bridge: "br7", address: "192.0.2.129/25" });
    expect(fieldsOf("address", { network })).toMatchObject({
      first: 0xc0_00_02_82,
      last: 0xc0_00_02_fe,
      subnet: "192.0.2.128/25",
    });
  });

  test("name servers become the lines of resolv.conf", () => {
    const network = { mode: "host", dns: ["192.0.2.1", "2001:db8::1"] };
    expect(fieldsOf("resolv-conf", { network })).toMatchObject({
      content: "nameserver 192.0.2.1\nnameserver 2001:db8::1",
    });
  });

  test("a host name stands for an address where there is one", () => {
    const container = { hostname: "web", extraHosts: { db: "192.0.2.1" } };
    const extra = [{ name: "db", address: "192.0.2.1" }];
    expect(fieldsOf("hosts", container)).toMatchObject({ hostname: undefined, extra });
    expect(fieldsOf("hosts", { ...container, network: { mode: "bridge" } })).toMatchObject({
      hostname: "web",
      extra,
    });
  });

  test("only the limits that are given need a controller", () => {
    const cpu = { cpus: 0.5 };
    expect(fieldsOf("cgroup", { resources: { cpu } })).toMatchObject({ controllers: ["cpu"] });
    expect(fieldsOf("limit", { resources: { cpu } })).toMatchObject({ controller: "cpu" });
    expect(
      fieldsOf("cgroup-join", { resources: { memory: { limit: "1g" } }, cgroup: { version: 1 } }),
    ).toMatchObject({ controllers: ["memory"], version: 1 });
  });

  test("memory cannot be got around by swap, unless some is given", () => {
    const written = (memory: object) => {
      const fields = fieldsOf("limit", { resources: { memory } }) as unknown as LimitFields;
      return [...fields.v1, ...fields.v2].map(({ file, value, optional }) => [
        file,
        ...(isExpression(value) ? [evaluate("bytes", value, new Map())] : [value]),
        optional === true,
      ]);
    };
    const parameter = param.bytes("MEMORY", { default: 8192 * 1024 });
    for (const limit of ["8m", parameter]) {
      expect(written({ limit })).toEqual([
        ["memory.limit_in_bytes", 8_388_608, false],
        ["memory.memsw.limit_in_bytes", 8_388_608, true],
        ["memory.max", 8_388_608, false],
        ["memory.swap.max", 0, true],
      ]);
      expect(written({ limit, swap: "20m" })).toEqual([
        ["memory.limit_in_bytes", 8_388_608, false],
        ["memory.memsw.limit_in_bytes", 20_971_520, false],
        ["memory.max", 8_388_608, false],
        ["memory.swap.max", 12_582_912, false],
      ]);
    }
  });

  test("what is named after the container follows a parameter", () => {
    const name = param.name("NAME", { default: "a" });
    const steps = planned({ name, network: { mode: "bridge" }, resources: { cpu: { cpus: 1 } } });
    const targets = steps.flatMap(({ effects }) => effects.map(({ target }) => readable(target)));
    expect(targets).toEqual(
      expect.arrayContaining(["/run/cooper/containers/$NAME", "/run/netns/$NAME"]),
    );
    expect(targets.join("\n")).toContain("container-$NAME");
    expect(readable(text`${name}`)).toBe("$NAME");
  });

  test("the cause of every step is a field of the container", () => {
    const names = Object.keys(parseContainer(complete()));
    for (const { cause } of plan(parseContainer(complete())).steps)
      expect(names).toContain(cause.split(".")[0]);
  });
});
