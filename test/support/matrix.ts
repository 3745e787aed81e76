import { param, text } from "../../src/model/param.js";
import { languages } from "../../src/model/language.js";
import { type ContainerInput, parseContainer, type Spec } from "../../src/model/spec/parse.js";
import { type Choice, pairwise, product } from "./pairwise.js";
import { hostileTexts, scriptWords } from "./strings.js";

/** Everything that decides which steps and which lines a script has. */
const structure = {
  network: ["bridge", "none", "host"],
  root: ["path", "build", "layers"],
  switch: ["pivot_root", "chroot"],
  cgroup: ["auto", 1, 2],
  limits: ["none", "one", "all"],
  dns: ["none", "one", "three"],
} as const;

const limited = ["cpu", "memory", "pids", "cpus", "mems", "io"] as const;

const decoration = {
  security: ["default", "privileged", "changed", "nothing"],
  limit: limited,
  banner: [false, true],
  hostname: ["none", "parameter", "text"],
  parameters: ["none", "one", "many"],
  strings: ["plain", "hostile", "words"],
  publish: ["none", "everywhere", "elsewhere", "parameter"],
  hosts: ["none", "literal", "parameter"],
  mounts: ["default", "none", "colliding", "all"],
  overlay: ["thrown away", "kept"],
  namespaces: ["all", "few", "user"],
  language: languages,
} as const;

/** Another container's network takes the place of steps and adds none. */
const networks = [...structure.network, "container"] as const;

type Row = Choice<
  Omit<typeof structure, "network"> & typeof decoration & { readonly network: typeof networks }
>;

export interface MatrixCase {
  readonly name: string;
  readonly language: (typeof languages)[number];
  readonly spec: Spec;
}

/** Cases in which every two values of different choices meet. */
export const pairwiseCases = (): MatrixCase[] =>
  cases(pairwise({ ...structure, ...decoration, network: networks }));

/** Cases with every combination of what decides about the steps. */
export const structuralCases = (): MatrixCase[] =>
  cases(
    product(structure).map((row, index) => ({
      ...row,
      security: decoration.security[index % decoration.security.length] ?? "default",
      limit: limited[index % limited.length] ?? "cpu",
      banner: index % 2 === 0,
      hostname: "text",
      parameters: index % 3 === 0 ? "many" : "one",
      strings: index % 5 === 0 ? "hostile" : "plain",
      publish: index % 4 === 1 ? "parameter" : "none",
      hosts: index % 4 === 0 ? "literal" : "none",
      mounts: "default",
      overlay: index % 2 === 0 ? "thrown away" : "kept",
      namespaces: index % 7 === 0 ? "few" : index % 4 === 1 ? "user" : "all",
      language: index % 2 === 0 ? "en" : "zh",
    })),
  );

const cases = (rows: readonly Row[]): MatrixCase[] =>
  rows
    // Without a network of its own a container has no name servers of its own; the model refuses them.
    .map((row) => (row.network === "none" ? { ...row, dns: "none" as const } : row))
    // With another container's it has that one's, and no user namespace.
    .map((row) =>
      row.network === "container"
        ? {
            ...row,
            dns: "none" as const,
            hosts: "none" as const,
            namespaces: row.namespaces === "user" ? ("all" as const) : row.namespaces,
          }
        : row,
    )
    // And without a bridge no ports.
    .map((row) => (row.network === "bridge" ? row : { ...row, publish: "none" as const }))
    .map((row, index) => ({
      name: `${String(index).padStart(3, "0")}-${Object.values(row).join("-")}`,
      language: row.language,
      spec: parseContainer(container(row)),
    }));

/** All ids at once, or root and others apart. */
const idMappings = (several: boolean) =>
  several
    ? [
        { containerID: 0, hostID: param.integer("ROOT_ID", { default: 100_000 }), size: 1 },
        { containerID: 1, hostID: 200_000, size: 65_535 },
      ]
    : [{ containerID: 0, hostID: 100_000, size: 65_536 }];

function container(row: Row): ContainerInput {
  const none = row.parameters === "none";
  const many = row.parameters === "many";
  const name = none
    ? "test"
    : param.name("CONTAINER_NAME", { default: "test", help: "it's a 'name'" });
  const rootfs = many ? param.path("ROOTFS", { default: "/srv/root fs" }) : "/srv/rootfs";
  const quota = many ? param.integer("CPU_LIMIT", { default: 50_000 }) : 50_000;
  const limit = many
    ? param.bytes("MEM_LIMIT", { default: "2TiB", help: "`memory` $limit" })
    : "64m";
  const greeting = many ? param.text("GREETING", { default: "env" }) : "hello";
  const strings = { plain: ["-c", "ls"], hostile: hostileTexts, words: scriptWords }[row.strings];
  const hostname = {
    parameter: name,
    text: typeof name === "string" ? name : text`${name}-host`,
  };
  const limits = {
    cpu: { cpu: { quota, period: 100_000 } },
    memory: { memory: { limit } },
    pids: { pids: { limit: many ? param.integer("PIDS", { default: 9 }) : 9 } },
    cpus: { cpuset: { cpus: many ? param.text("CPUS", { default: "0" }) : "0" } },
    mems: { cpuset: { mems: "0" } },
    io: {
      blockIO: {
        throttleReadBpsDevice: [
          { path: many ? param.path("DEVICE", { default: "/dev/a b" }) : "/dev/it's", rate: "1MB" },
          { major: 8, minor: 0, rate: many ? limit : 1 },
        ],
        throttleWriteIOPSDevice: [{ path: "/dev/sda", rate: 100 }],
      },
    },
  };
  const all = {
    ...limits.cpu,
    memory: { limit, swap: "4TiB" },
    ...limits.pids,
    ...limits.mems,
    ...limits.io,
  };
  const security = {
    default: {},
    privileged: {},
    changed: {
      capabilities: { add: ["ALL" as const], drop: ["SYS_ADMIN" as const] },
      noNewPrivileges: false,
      rlimits: [{ type: "RLIMIT_NOFILE" as const, soft: 64, hard: "unlimited" as const }],
      oomScoreAdj: -7,
    },
    nothing: { capabilities: { drop: ["ALL" as const] } },
  }[row.security];
  const paths = {
    default: {},
    privileged: {},
    changed: { maskedPaths: ["/it's $(masked)", "/-a b"], readonlyPaths: ["/`read`", "/数据"] },
    nothing: { maskedPaths: [], readonlyPaths: ["/etc"] },
  }[row.security];
  const shared = row.network === "host" || row.network === "container";
  const namespaces = ["mount", ...(shared ? [] : ["network" as const])] as const;
  const joined = many ? param.name("OTHER", { default: "other" }) : "other";
  const data = many ? param.path("DATA", { default: "/srv/it's data" }) : "/srv/$(data)";
  const mounts = {
    all: {
      mounts: [
        { destination: "/t", type: "tmpfs", options: ["size=64m", "noexec", "rw"] },
        { destination: "/b", type: "bind", source: data },
        { destination: "/b/c", type: "bind", source: data, options: ["rbind", "rro", "nosuid"] },
        { destination: "/it's", type: "volume", source: text`${name}-v`, options: ["ro"] },
      ] as ContainerInput["mounts"],
    },
    default: {},
    none: { mounts: [] },
    colliding: {
      mounts: ["/a/b", "/a_b", "/a/b_2", "/数据", "/it's $HOME"].map((destination) => ({
        destination,
        type: "tmpfs" as const,
      })),
    },
  };
  const roots = {
    path: { path: rootfs },
    build: { build: { commands: ["sh", "ls", "test"] } },
    layers: {
      layers: [rootfs, "/srv/it's, $(layer):\\"],
      ...(row.overlay === "kept" ? { overlay: { path: data } } : {}),
    },
  };
  return {
    name,
    ...(row.hostname === "none" ? {} : { hostname: hostname[row.hostname] }),
    root: {
      ...roots[row.root],
      switch: row.switch,
    },
    process: {
      ...security,
      args: ["/bin/sh", ...strings, greeting, text`<${greeting}>`],
      env: {
        PATH: row.strings === "words" ? "test" : "/bin",
        ...Object.fromEntries(strings.map((each, index) => [`V${String(index)}`, each])),
      },
      cwd: row.strings === "hostile" ? "/it's $(here)" : "/",
      user: many ? { uid: 1000, gid: 100, additionalGids: [5, 6], umask: 0o77 } : {},
    },
    privileged: row.security === "privileged",
    ...paths,
    ...(row.namespaces === "few"
      ? { namespaces: [...namespaces, ...(row.hostname === "none" ? [] : ["uts" as const])] }
      : {}),
    ...(row.namespaces === "user" ? { uidMappings: idMappings(many) } : {}),
    ...mounts[row.mounts],
    resources: { none: {}, one: limits[row.limit], all }[row.limits],
    cgroup: { version: row.cgroup },
    network: {
      mode: row.network === "container" ? { container: joined } : row.network,
      bridge: "br.test-1",
      subnet: "198.51.100.0/24",
      dns: { none: [], one: ["192.0.2.53"], three: ["192.0.2.1", "2001:db8::1", "192.0.2.3"] }[
        row.dns
      ],
      publish: {
        none: [],
        everywhere: ["8080:80", "127.0.0.1:9000-9002:90-92/udp"],
        elsewhere: ["192.0.2.1:80:80"],
        parameter: [
          { hostPort: param.integer("PORT", { default: 8080 }), containerPort: 80 },
          { hostAddress: "192.0.2.1", hostPort: 53, containerPort: 53, protocol: "udp" as const },
        ],
      }[row.publish],
    },
    extraHosts: {
      none: {},
      literal: { "db-1.example": "192.0.2.7" },
      parameter: { six: "2001:db8::7", db: param.text("DATABASE", { default: "192.0.2.8" }) },
    }[row.hosts],
    banner: row.banner,
  };
}
