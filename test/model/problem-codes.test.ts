import { describe, expect, test } from "vitest";
import type { ProblemCode } from "../../src/model/errors.js";
import { bindParameters } from "../../src/model/expressions.js";
import { en } from "../../src/model/messages/en.js";
import { add, divide, param, subtract, text } from "../../src/model/param.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { evaluate } from "../../src/model/value.js";
import { brief, problemsOf, problemsWith } from "../support/problems.js";

const quota = param.integer("CPU_LIMIT", { default: 50_000 });
const memory = param.bytes("MEM_LIMIT", { default: "64m" });
const rootfs = param.path("ROOTFS", { default: "/srv/rootfs" });
const greeting = param.text("GREETING", { default: "hello" });
const name = param.name("CONTAINER_NAME", { default: "box" });

const tmpfs = { destination: "/a", type: "tmpfs" };
const bind = { destination: "/a", type: "bind", source: "/data" };
const limit = (type: string, soft: unknown, hard: unknown) => ({ type, soft, hard });

/** Fields of a privileged container, and the problems they have: `code field`. */
const wrongFields: [object, ...string[]][] = [
  [{ rooot: {} }, "unknown-field rooot"],
  [{ process: { arg: [] } }, "unknown-field process.arg"],
  [{ network: { "dns-servers": [] } }, 'unknown-field network["dns-servers"]'],
  [{ mounts: [{ destination: "/a", type: "tmpfs", size: 1 }] }, "unknown-field mounts[0].size"],
  [
    { process: { capabilities: { add: ["KILL"], drop: ["ALL"] } } },
    "privileged-conflict process.capabilities.add",
    "privileged-conflict process.capabilities.drop",
  ],
  [
    { privileged: false, process: { capabilities: { add: ["CAP_ROOT"] } } },
    "unknown-value process.capabilities.add[0]",
  ],
  [{ process: { user: { umask: 0o1000 } } }, "invalid-value process.user.umask"],
  [{ process: { oomScoreAdj: 1001 } }, "invalid-value process.oomScoreAdj"],
  [
    { process: { rlimits: [limit("RLIMIT_FILES", 1, 1)] } },
    "invalid-value process.rlimits[0].type",
  ],
  [
    { process: { rlimits: [limit("RLIMIT_CORE", -1, 1)] } },
    "invalid-value process.rlimits[0].soft",
  ],
  [{ process: { rlimits: [limit("RLIMIT_CORE", 2, 1)] } }, "rlimit-order process.rlimits[0].soft"],
  [
    { process: { rlimits: [limit("RLIMIT_CORE", "unlimited", 1)] } },
    "rlimit-order process.rlimits[0].soft",
  ],
  [
    { process: { rlimits: [limit("RLIMIT_CORE", 1, 1), limit("RLIMIT_CORE", 2, 2)] } },
    "duplicate-value process.rlimits[1].type",
  ],
  [{ privileged: "yes" }, "invalid-value privileged"],
  [{ process: [] }, "invalid-value process"],
  [{ process: { args: [] } }, "invalid-value process.args"],
  [{ process: { args: ["a", 1] } }, "invalid-value process.args[1]"],
  [{ process: { user: { uid: -1 } } }, "invalid-value process.user.uid"],
  [{ process: { user: { gid: 0.5 } } }, "invalid-value process.user.gid"],
  [{ network: { mode: "macvlan" } }, "network-mode network.mode"],
  [{ cgroup: { version: 3 } }, "invalid-value cgroup.version"],
  [{ cgroup: { version: "2" } }, "invalid-value cgroup.version"],
  [{ namespaces: ["pid", "mount", "network", "time"] }, "invalid-value namespaces[3]"],
  [{ root: { build: { commands: ["../sh"] } } }, "invalid-value root.build.commands[0]"],
  [{ root: { build: { commands: [] } } }, "invalid-value root.build.commands"],
  [{ mounts: [{ destination: "/a", type: "ext4" }] }, "invalid-value mounts[0].type"],
  [{ mounts: [{ destination: "/a" }] }, "invalid-value mounts[0].type"],
  [{ mounts: ["/a"] }, "invalid-value mounts[0]"],
  [{ mounts: [{ destination: "/a", type: "bind" }] }, "invalid-value mounts[0].source"],
  [{ mounts: [{ ...tmpfs, source: "a" }] }, "unknown-field mounts[0].source"],
  [{ mounts: [{ ...bind, source: "data" }] }, "path-absolute mounts[0].source"],
  [{ mounts: [{ ...bind, source: "/data/../x" }] }, "path-absolute mounts[0].source"],
  [{ mounts: [{ ...bind, source: "/a\nb" }] }, "value-type mounts[0].source"],
  [{ mounts: [{ ...bind, source: name }] }, "expression-type mounts[0].source"],
  [{ mounts: [{ ...bind, type: "volume", source: "/a" }] }, "value-type mounts[0].source"],
  [{ mounts: [{ ...bind, options: ["ro", "size=1m"] }] }, "mount-option mounts[0].options[1]"],
  [{ mounts: [{ ...bind, options: ["ro,rw"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...bind, options: ["rslave"] }] }, "mount-propagation mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["bind"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["rro"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["size=1m,ro"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["size"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["mode=999"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: ["toString=1"] }] }, "mount-option mounts[0].options[0]"],
  [{ mounts: [{ ...tmpfs, options: [1] }] }, "invalid-value mounts[0].options[0]"],
  [{ resources: { cpu: { cpus: "0.5" } } }, "invalid-value resources.cpu.cpus"],
  [{ resources: { cpu: { cpus: 0 } } }, "invalid-value resources.cpu.cpus"],
  [{ resources: { memory: {} } }, "invalid-value resources.memory.limit"],
  [{ resources: { memory: { limit: -1 } } }, "invalid-value resources.memory.limit"],
  [{ name: "-x" }, "value-type name"],
  [{ name: "a/b" }, "value-type name"],
  [{ name: "a".repeat(64) }, "value-type name"],
  [{ name: "" }, "value-type name"],
  [{ hostname: "a\n" }, "value-type hostname"],
  [{ process: { args: ["a\u0000b"] } }, "value-type process.args[0]"],
  [{ process: { args: ["\ud800"] } }, "value-type process.args[0]"],
  [{ process: { env: { A: "\u0000" } } }, "value-type process.env.A"],
  [{ process: { args: [text`a\u0000${greeting}`] } }, "value-type process.args[0]"],
  [{ process: { args: [text`${{} as never}`] } }, "value-type process.args[0]"],
  [{ process: { args: [text`${Number.NaN}`] } }, "value-type process.args[0]"],
  [{ process: { args: [add(0.5, quota)] } }, "value-type process.args[0]"],
  [{ process: { args: [add(quota, text`1`)] } }, "value-type process.args[0]"],
  [{ process: { cwd: "/a\nb" } }, "value-type process.cwd"],
  [{ root: { path: "/\u0000" } }, "value-type root.path"],
  [{ resources: { memory: { limit: "64 MB" } } }, "value-type resources.memory.limit"],
  [{ resources: { memory: { limit: "1.5g" } } }, "value-type resources.memory.limit"],
  [{ resources: { memory: { limit: text`${quota}MiB` } } }, "value-type resources.memory.limit"],
  [{ resources: { cpu: { quota: text`0${quota}` } } }, "value-type resources.cpu.quota"],
  [{ name: add(quota, 1) }, "value-type name"],
  [{ root: { path: add(quota, 1) } }, "value-type root.path"],
  [{ name: greeting }, "expression-type name"],
  [{ name: rootfs }, "expression-type name"],
  [{ root: { path: name } }, "expression-type root.path"],
  [{ resources: { cpu: { quota: greeting } } }, "expression-type resources.cpu.quota"],
  [{ resources: { memory: { limit: name } } }, "expression-type resources.memory.limit"],
  [{ process: { args: [add(greeting, 1)] } }, "expression-type process.args[0]"],
  [{ process: { args: [text`${add(1, add(name, 1))}`] } }, "expression-type process.args[0]"],
  [{ resources: { cpu: { quota: subtract(1, rootfs) } } }, "expression-type resources.cpu.quota"],
  [{ namespaces: ["pid", "network"] }, "namespace-missing namespaces"],
  [{ namespaces: ["mount", "network"], hostname: "a" }, "namespace-missing namespaces"],
  [{ namespaces: ["mount"] }, "namespace-missing namespaces"],
  [{ namespaces: ["mount"], network: { mode: "bridge" } }, "namespace-missing namespaces"],
  [
    { namespaces: ["mount", "network"], network: { mode: "host" } },
    "namespace-conflict namespaces",
  ],
  [{ namespaces: ["mount", "network", "mount"] }, "duplicate-value namespaces"],
  [
    { namespaces: ["mount", "network"], gidMappings: mapped([0, 100_000, 1]) },
    "namespace-missing namespaces",
  ],
  [{ uidMappings: [] }, "invalid-value uidMappings"],
  [{ uidMappings: mapped([0, 1, 0]) }, "invalid-value uidMappings[0].size"],
  [{ uidMappings: mapped([0, -1, 1]) }, "limit-range uidMappings[0].hostID"],
  [{ uidMappings: mapped([0, 4_294_967_295, 1]) }, "limit-range uidMappings[0].hostID"],
  [
    { uidMappings: mapped([0, 4_294_967_294, 2]) },
    "id-mapping-range uidMappings[0].size",
    "id-mapping-range gidMappings[0].size",
  ],
  [
    { uidMappings: mapped([0, 100_000, 10], [9, 200_000, 1]), gidMappings: mapped([0, 1, 1]) },
    "id-mapping-overlap uidMappings[1].containerID",
  ],
  [
    { uidMappings: mapped([0, 1, 1]), gidMappings: mapped([0, 100_000, 10], [10, 100_009, 5]) },
    "id-mapping-overlap gidMappings[1].hostID",
  ],
  [
    { uidMappings: mapped([1, 1, 1]), gidMappings: mapped([0, 1, 1]) },
    "id-mapping-root uidMappings",
    "id-mapping-user process.user.uid",
  ],
  [
    {
      uidMappings: mapped([0, 100_000, 10]),
      gidMappings: mapped([0, 100_000, 5]),
      process: { user: { uid: 9, gid: 5 } },
    },
    "id-mapping-user process.user.gid",
  ],
  [
    { namespaces: ["mount", "network", "user"], process: { user: { uid: 65_536 } } },
    "id-mapping-user process.user.uid",
  ],
  [
    { mounts: ["/a", "/b", "/a"].map((destination) => ({ destination, type: "tmpfs" })) },
    "duplicate-value mounts[2]",
  ],
  [
    { mounts: ["/a", "//a/./"].map((destination) => ({ destination, type: "tmpfs" })) },
    "duplicate-value mounts[1]",
  ],
  [{ process: { cwd: "tmp" } }, "path-absolute process.cwd"],
  [{ process: { cwd: "/a/../b" } }, "path-absolute process.cwd"],
  [{ root: { path: "rootfs" } }, "path-absolute root.path"],
  [{ mounts: [{ destination: "proc", type: "proc" }] }, "path-absolute mounts[0].destination"],
  [{ mounts: [{ destination: "/", type: "tmpfs" }] }, "path-absolute mounts[0].destination"],
  [{ mounts: [{ destination: "/./", type: "tmpfs" }] }, "path-absolute mounts[0].destination"],
  [{ mounts: [{ destination: "/a/..", type: "tmpfs" }] }, "path-absolute mounts[0].destination"],
  [{ mounts: [{ destination: "/a\tb", type: "tmpfs" }] }, "path-absolute mounts[0].destination"],
  [{ root: { path: "/" } }, "root-is-host root.path"],
  [{ root: { path: "//./" } }, "root-is-host root.path"],
  [{ root: { path: "/srv", build: {} } }, "root-both root.build"],
  [{ network: { mode: "bridge", subnet: "10.0.0.1/24" } }, "subnet-invalid network.subnet"],
  [{ network: { mode: "bridge", subnet: "fd00::/64" } }, "subnet-invalid network.subnet"],
  [{ network: { mode: "bridge", dns: ["1.1.1.1", "dns"] } }, "address-invalid network.dns[1]"],
  [{ network: { mode: "bridge", dns: ["fe80::1%eth0"] } }, "address-invalid network.dns[0]"],
  [{ network: { mode: "bridge", dns: ["1.2.3.4\noptions x"] } }, "address-invalid network.dns[0]"],
  [{ network: { mode: "bridge", bridge: "a b" } }, "interface-name network.bridge"],
  [{ network: { mode: "bridge", bridge: "../../etc" } }, "interface-name network.bridge"],
  [{ network: { mode: "bridge", bridge: "b".repeat(16) } }, "interface-name network.bridge"],
  ...(
    [
      [["80"], "publish-invalid network.publish[0]"],
      [["80:80:80:80"], "publish-invalid network.publish[0]"],
      [["8080:80/sctp"], "publish-invalid network.publish[0]"],
      [["8080:80 "], "publish-invalid network.publish[0]"],
      [["::1:8080:80"], "publish-invalid network.publish[0]"],
      [["host:8080:80"], "ipv4-invalid network.publish[0]"],
      [["1.2.3:8080:80"], "ipv4-invalid network.publish[0]"],
      [[":8080:80"], "ipv4-invalid network.publish[0]"],
      [["0:80"], "limit-range network.publish[0]"],
      [["80:65536"], "limit-range network.publish[0]"],
      [["80-82:80-81"], "publish-range network.publish[0]"],
      [["82-80:82-80"], "publish-range network.publish[0]"],
      [["80-81:80"], "publish-range network.publish[0]"],
      [["1000-2000:1000-2000"], "publish-many network.publish"],
      [["80:80", "8080:80", "80:81"], "duplicate-value network.publish[2]"],
      [["80:80", "127.0.0.1:80:81"], "duplicate-value network.publish[1]"],
      [["79-81:79-81", "80:1"], "duplicate-value network.publish[1]"],
      [[8080], "invalid-value network.publish[0]"],
      [[{ hostPort: 80 }], "invalid-value network.publish[0].containerPort"],
      [[{ hostPort: 0, containerPort: 80 }], "limit-range network.publish[0].hostPort"],
      [[{ hostPort: "a", containerPort: 80 }], "invalid-value network.publish[0].hostPort"],
      [[{ hostPort: name, containerPort: 80 }], "expression-type network.publish[0].hostPort"],
      [
        [{ hostPort: 80, containerPort: 80, hostAddress: "::1" }],
        "ipv4-invalid network.publish[0].hostAddress",
      ],
      [
        [{ hostPort: 80, containerPort: 80, protocol: "sctp" }],
        "invalid-value network.publish[0].protocol",
      ],
      [[{ hostPort: 80, containerport: 80 }], "unknown-field network.publish[0].containerport"],
    ] as const
  ).map(
    ([publish, problem]) => [{ network: { mode: "bridge", publish } }, problem] as [object, string],
  ),
  [{ network: { mode: "host", publish: ["80:80"] } }, "network-field network.publish"],
  [{ network: { publish: ["80:80"] } }, "network-field network.publish"],
  [{ extraHosts: { db: "db2" } }, "address-invalid extraHosts.db"],
  [{ extraHosts: { db: "10.0.0.1 other" } }, "address-invalid extraHosts.db"],
  [{ extraHosts: { db: "10.0.0.256" } }, "address-invalid extraHosts.db"],
  [{ extraHosts: { db: "fe80::1%eth0" } }, "address-invalid extraHosts.db"],
  [{ extraHosts: { "a b": "10.0.0.1" } }, 'host-name extraHosts["a b"]'],
  [{ extraHosts: { "#": "10.0.0.1" } }, 'host-name extraHosts["#"]'],
  [{ extraHosts: { "a.": "10.0.0.1" } }, 'host-name extraHosts["a."]'],
  [{ extraHosts: { "": "10.0.0.1" } }, 'host-name extraHosts[""]'],
  [{ process: { env: { "1A": "" } } }, 'environment-name process.env["1A"]'],
  [{ process: { env: { "A=B": "" } } }, 'environment-name process.env["A=B"]'],
  [{ resources: { memory: { limit: "6143k" } } }, "limit-range resources.memory.limit"],
  [{ resources: { cpu: { quota: 999 } } }, "limit-range resources.cpu.quota"],
  [{ resources: { cpu: { quota: 1_000_000_001 } } }, "limit-range resources.cpu.quota"],
  [{ resources: { cpu: { quota: 5000, period: 999 } } }, "limit-range resources.cpu.period"],
  [{ resources: { cpu: { quota: 5000, period: 1_000_001 } } }, "limit-range resources.cpu.period"],
  [{ resources: { cpu: { cpus: 0.01, period: 50_000 } } }, "limit-range resources.cpu.cpus"],
  [{ resources: { cpu: { cpus: 9000, period: 1_000_000 } } }, "limit-range resources.cpu.cpus"],
  [{ resources: { cpu: { cpus: 1, quota: 5000 } } }, "cpu-both resources.cpu"],
  [{ resources: { cpu: { cpus: 1, period: quota } } }, "cpu-both resources.cpu"],
  [
    { resources: { memory: { limit: "8m", swap: "7m" } } },
    "swap-below-limit resources.memory.swap",
  ],
  [{ resources: { pids: {} } }, "invalid-value resources.pids.limit"],
  [{ resources: { pids: { limit: 1 } } }, "limit-range resources.pids.limit"],
  [{ resources: { pids: { limit: -1 } } }, "limit-range resources.pids.limit"],
  [{ resources: { cpuset: {} } }, "cpuset-empty resources.cpuset"],
  [{ resources: { cpuset: { cpus: "" } } }, "number-list resources.cpuset.cpus"],
  [{ resources: { cpuset: { cpus: "2-1" } } }, "number-list resources.cpuset.cpus"],
  [{ resources: { cpuset: { cpus: "0-" } } }, "number-list resources.cpuset.cpus"],
  [{ resources: { cpuset: { mems: "0,,1" } } }, "number-list resources.cpuset.mems"],
  [{ resources: { cpuset: { mems: "0\n1" } } }, "number-list resources.cpuset.mems"],
  ...(
    [
      [{ rate: 1 }, "device-both", ""],
      [{ path: "/dev/sda", major: 8, minor: 0, rate: 1 }, "device-both", ""],
      [{ major: 8, rate: 1 }, "device-both", ""],
      [{ path: "sda", rate: 1 }, "path-absolute", ".path"],
      [{ path: "/dev/sda", rate: 0 }, "limit-range", ".rate"],
      [{ path: "/dev/sda", rate: "fast" }, "value-type", ".rate"],
      [{ path: "/dev/sda" }, "invalid-value", ".rate"],
      [{ major: 4096, minor: 0, rate: 1 }, "invalid-value", ".major"],
    ] as const
  ).map(([device, code, field]): [object, string] => [
    { resources: { blockIO: { throttleReadBpsDevice: [device] } } },
    `${code} resources.blockIO.throttleReadBpsDevice[0]${field}`,
  ]),
  [
    { resources: { blockIO: { throttleWriteIOPSDevice: [{ path: "/dev/sda", rate: "1k" }] } } },
    "invalid-value resources.blockIO.throttleWriteIOPSDevice[0].rate",
  ],
  [{ network: { mode: "none", dns: ["9.9.9.9"] } }, "network-field network.dns"],
  [{ network: { mode: "brdige" } }, "network-mode network.mode"],
  [{ network: { mode: "container" } }, "network-mode network.mode"],
  [{ network: { mode: "container:" } }, "value-type network.mode"],
  [{ network: { mode: "container:../web" } }, "value-type network.mode"],
  [{ network: { mode: { container: "a b" } } }, "value-type network.mode.container"],
  [{ network: { mode: { containre: "web" } } }, "unknown-field network.mode.containre"],
  [{ network: { mode: 1 } }, "invalid-value network.mode"],
  [{ network: { mode: "container:container" } }, "network-own network.mode"],
  ...(["dns", "peers", "publish"] as const).map((field): [object, string] => [
    {
      network: {
        mode: "container:web",
        [field]: { dns: ["192.0.2.53"], peers: ["a"], publish: ["80:80"] }[field],
      },
    },
    `network-joined network.${field}`,
  ]),
  [
    { network: { mode: "container:web" }, extraHosts: { db: "192.0.2.1" } },
    "network-joined extraHosts",
  ],
  [
    { network: { mode: "container:web" }, namespaces: ["mount", "network"] },
    "namespace-conflict namespaces",
  ],
  [
    {
      network: { mode: "container:web" },
      uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
    },
    "namespace-conflict namespaces",
  ],
  [
    { nmae: "x", banner: 1, process: { cwd: "x" } },
    "path-absolute process.cwd",
    "invalid-value banner",
    "unknown-field nmae",
  ],
];

/** Mappings: first id inside, first id outside, how many. */
function mapped(...lines: [number, number, number][]) {
  return lines.map(([containerID, hostID, size]) => ({ containerID, hostID, size }));
}

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
  const reader = /^(config-|file-|stack-|json-syntax$|typescript-syntax$|type-error$)/;
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
