import fc from "fast-check";
import { add, divide, multiply, param, subtract, text } from "../../src/model/param.js";
import { writtenCapabilities } from "../../src/model/capabilities.js";
import type { ContainerInput } from "../../src/model/spec/parse.js";
import { Arithmetic, type Expression, Parameter, Text } from "../../src/model/value.js";
import { type ValueTypeName, valueTypes } from "../../src/model/value-types.js";
import { shellText } from "./strings.js";

/** The smallest container there is. */
export const minimal: ContainerInput = { privileged: true };

/** A root file system with every field that comes instead of a path. */
export const layeredRoot = {
  layers: [param.path("BASE", { default: "/srv/base" }), "/srv/it's $HOME"],
  overlay: { path: param.path("KEPT", { default: "/srv/kept" }) },
} satisfies ContainerInput["root"];

/** A container with every field given, and a parameter of every type. */
export function complete(): ContainerInput {
  const rootfs = param.path("ROOTFS", { default: "/srv/rootfs", help: "root file system" });
  const name = param.name("CONTAINER_NAME", { default: "complete" });
  const quota = param.integer("CPU_LIMIT", { default: 50_000 });
  const limit = param.bytes("MEM_LIMIT", { default: "256MiB" });
  const greeting = param.text("GREETING", { default: "hello" });
  const firstId = param.integer("FIRST_ID", { default: 100_000 });
  const data = param.path("DATA", { default: "/srv/data" });
  return {
    name,
    hostname: text`${name}-host`,
    root: { path: rootfs, readonly: true, switch: "pivot_root" },
    process: {
      args: ["/bin/echo", greeting, text`twice ${multiply(quota, 2)}`],
      env: { PATH: "/bin", GREETING: greeting },
      cwd: "/tmp",
      user: { uid: 1000, gid: 1000, additionalGids: [5, 1001], umask: 0o027 },
      capabilities: { add: ["NET_ADMIN"], drop: ["CAP_SYS_CHROOT"] },
      noNewPrivileges: true,
      rlimits: [
        { type: "RLIMIT_NOFILE", soft: 1024, hard: 2048 },
        { type: "RLIMIT_CORE", soft: 0, hard: "unlimited" },
      ],
      oomScoreAdj: 500,
    },
    privileged: false,
    namespaces: ["pid", "mount", "uts", "ipc", "network", "user", "cgroup"],
    uidMappings: [
      { containerID: 0, hostID: firstId, size: 1 },
      { containerID: 1000, hostID: add(firstId, 1), size: 1 },
    ],
    gidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
    mounts: [
      { destination: "/proc", type: "proc" },
      { destination: "/scratch", type: "tmpfs", options: ["size=1m", "mode=0700"] },
      { destination: "/data", type: "bind", source: data, options: ["rbind", "rro", "noexec"] },
      { destination: "/kept", type: "volume", source: text`${name}-kept`, options: ["nosuid"] },
    ],
    files: [
      { path: "/etc/greeting", content: text`${greeting}, it's $HOME\n`, mode: 0o640 },
      { path: "/srv/empty file", content: "" },
    ],
    maskedPaths: ["/proc/kcore", "/it's $HOME"],
    readonlyPaths: ["/proc/sys", "/scratch"],
    resources: {
      cpu: { quota, period: 100_000 },
      memory: { limit, swap: multiply(limit, 2) },
      pids: { limit: param.integer("PIDS_LIMIT", { default: 64 }) },
      cpuset: { cpus: param.text("CPUS", { default: "0" }), mems: "0" },
      blockIO: {
        throttleReadBpsDevice: [
          { path: param.path("DEVICE", { default: "/dev/sda" }), rate: "1MB" },
        ],
        throttleWriteBpsDevice: [{ major: 8, minor: 0, rate: multiply(limit, 2) }],
        throttleReadIOPSDevice: [{ path: "/dev/sda", rate: 100 }],
        throttleWriteIOPSDevice: [{ path: "/dev/sda", rate: quota }],
      },
    },
    cgroup: { version: "auto" },
    network: {
      mode: "bridge",
      bridge: "br7",
      subnet: "192.0.2.0/24",
      dns: ["192.0.2.53", "2001:db8::53"],
      peers: ["neighbour", text`${name}-2`],
      publish: [
        "127.0.0.1:9000-9001:90-91/udp",
        { hostPort: param.integer("PORT", { default: 8080 }), containerPort: 80 },
      ],
    },
    extraHosts: { database: param.text("DATABASE", { default: "192.0.2.5" }), six: "2001:db8::6" },
    hooks: {
      createRuntime: [["/srv/hooks/it's", "$HOME", greeting]],
      createContainer: [["/srv/hooks/container", text`${name}; id`]],
      startContainer: [["/bin/prepare", greeting]],
      poststart: [[data], ["/srv/hooks/start"]],
      poststop: [["/srv/hooks/stop", text`${name} is gone`]],
    },
    banner: true,
  };
}

/** Texts of a type that a script's user or `--set` may give: most are valid, normalised or not. */
export const textOfType: Record<ValueTypeName, fc.Arbitrary<string>> = {
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,12}$/),
  path: shellText
    .map((each) => `/${each.replace(/[\u0000-\u001f\u007f]/g, "")}`)
    // A generated path must not be the host's root or leave its directory.
    .map((each) => `/srv${each.replaceAll("..", "__")}`),
  integer: fc
    .oneof(fc.integer(), fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }))
    .map(String),
  bytes: fc
    .tuple(
      fc.nat(4000),
      fc.constantFrom("", "b", "k", "K", "m", "MB", "MiB", "g", "GiB", "TiB", "t"),
    )
    .map((parts) => parts.join("")),
  text: shellText,
};

/** A default of a parameter, and a value a user gives for it. */
interface Declared {
  readonly parameter: Parameter;
  readonly given: string;
}

const typeNames = Object.keys(valueTypes) as ValueTypeName[];

/** One parameter of every type, in any order, each with a value that a user gives for it. */
export const declaredParameters: fc.Arbitrary<Record<ValueTypeName, Declared>> = fc
  .tuple(
    fc.shuffledSubarray(typeNames, { minLength: typeNames.length }),
    fc.record(textOfType),
    fc.record(textOfType),
    fc.option(shellText, { nil: undefined }),
  )
  .map(([order, defaults, given, help]) => {
    const made = order.map((type) => {
      const options = { default: defaults[type], help };
      return [
        type,
        { parameter: new Parameter(type, `P_${type.toUpperCase()}`, options), given: given[type] },
      ];
    });
    return Object.fromEntries(made) as Record<ValueTypeName, Declared>;
  });

/** Arithmetic over parameters and whole numbers. */
export function arithmeticOver(parameters: readonly Parameter[]): fc.Arbitrary<Arithmetic> {
  const leaf = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.maxSafeInteger(),
    ...(parameters.length === 0 ? [] : [fc.constantFrom(...parameters)]),
  );
  const { node } = fc.letrec<{ node: Arithmetic; operand: number | Expression }>((tie) => ({
    operand: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("node")),
    node: fc
      .tuple(fc.constantFrom(add, subtract, multiply, divide), tie("operand"), tie("operand"))
      // Whoever writes a plain 0 there is told when the config is read.
      .filter(([operate, , right]) => operate !== divide || right !== 0)
      .map(([operate, left, right]) => operate(left, right)),
  }));
  return node;
}

/** Text over parameters, arithmetic and literal pieces. */
export function textOver(parameters: readonly Parameter[]): fc.Arbitrary<Text> {
  const numbers = parameters.filter(({ type }) => type === "integer" || type === "bytes");
  const part = fc.oneof(
    shellText,
    fc.integer(),
    ...(parameters.length === 0 ? [] : [fc.constantFrom(...parameters)]),
    arithmeticOver(numbers),
  );
  return fc.array(part, { maxLength: 5 }).map((parts) => new Text(parts));
}

/** Any valid container. */
export const anyContainer: fc.Arbitrary<ContainerInput> = declaredParameters.chain((declared) => {
  const parameter = (type: ValueTypeName) => declared[type].parameter;
  const all = typeNames.map(parameter);
  const value = <Literal>(
    literal: fc.Arbitrary<Literal>,
    ...expressions: fc.Arbitrary<Expression>[]
  ) => fc.oneof(literal, ...expressions);
  const anyText = value(shellText, fc.constantFrom(...all), textOver(all));
  const name = value(textOfType.name, fc.constant(parameter("name")));
  const path = value(textOfType.path, fc.constant(parameter("path")));
  const number = fc.constantFrom(parameter("integer"), parameter("bytes"));
  const optional = { requiredKeys: [] as never[] };
  const capability = fc.constantFrom("ALL", ...writtenCapabilities);
  const hook = fc
    .tuple(path, fc.array(anyText, { maxLength: 2 }))
    .map(([program, args]) => [program, ...args]);
  const paths = fc.constantFrom({}, { maskedPaths: ["/proc/a b"], readonlyPaths: ["/$(x)", "/y"] });
  const privileges = fc.oneof(
    fc.constant({ privileged: true, capabilities: {}, paths: {} }),
    fc.record({
      privileged: fc.constant(false),
      paths,
      capabilities: fc.record(
        { add: fc.array(capability, { maxLength: 3 }), drop: fc.array(capability) },
        optional,
      ),
    }),
  );
  const given = fc.record(
    {
      name,
      hostname: name,
      root: fc.oneof(
        fc.record({ path, switch: fc.constantFrom("pivot_root", "chroot") }, optional),
        fc.record({ build: fc.constant({ commands: ["sh", "ls"] }) }),
        fc.record(
          {
            layers: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
            overlay: fc.record({ path }),
            readonly: fc.boolean(),
          },
          { requiredKeys: ["layers"] },
        ),
      ),
      process: fc.record(
        {
          args: fc.array(anyText, { minLength: 1, maxLength: 4 }),
          env: fc.dictionary(fc.stringMatching(/^[A-Z_][A-Za-z0-9_]{0,5}$/), anyText, {
            maxKeys: 3,
          }),
          cwd: path,
          user: fc.record(
            {
              uid: fc.nat(),
              gid: fc.nat(),
              additionalGids: fc.array(fc.nat(), { maxLength: 3 }),
              umask: fc.nat(0o777),
            },
            optional,
          ),
          noNewPrivileges: fc.boolean(),
          rlimits: fc.uniqueArray(
            fc.record({
              type: fc.constantFrom("RLIMIT_CORE", "RLIMIT_STACK"),
              soft: fc.nat(9),
              hard: fc.constantFrom(9, 2 ** 53 - 1, "unlimited"),
            }),
            { selector: ({ type }) => type },
          ),
          oomScoreAdj: fc.integer({ min: -1000, max: 1000 }),
        },
        optional,
      ),
      mounts: fc.uniqueArray(
        fc.oneof(
          fc.record({
            destination: textOfType.path,
            type: fc.constantFrom("proc", "sysfs", "tmpfs"),
          }),
          fc.record({
            destination: textOfType.path,
            type: fc.constant("bind"),
            source: path,
            options: fc.subarray(["rbind", "ro", "rro", "nosuid", "noatime", "private"]),
          }),
          fc.record({
            destination: textOfType.path,
            type: fc.constant("volume"),
            source: name,
            options: fc.subarray(["rw", "noexec"]),
          }),
        ),
        {
          maxLength: 3,
          selector: ({ destination }) => destination.replace(/[/.]+/g, "/").replace(/\/$/, ""),
        },
      ),
      resources: fc.record(
        {
          cpu: fc.oneof(
            fc.record({ cpus: fc.integer({ min: 2, max: 64 }).map((each) => each / 2) }),
            fc.record({
              quota: value(
                fc.integer({ min: 1000, max: 10 ** 9 }),
                number,
                arithmeticOver([parameter("integer")]),
              ),
              period: fc.integer({ min: 1000, max: 10 ** 6 }),
            }),
          ),
          memory: fc.record(
            {
              limit: value(fc.constantFrom("256MiB", "1g", "2TiB", 2 ** 23, 2 ** 41), number),
              swap: value(fc.constantFrom("4TiB", 2 ** 42), number),
            },
            { requiredKeys: ["limit"] },
          ),
          pids: fc.record({ limit: value(fc.integer({ min: 2, max: 4_194_304 }), number) }),
          blockIO: fc.record(
            {
              throttleReadBpsDevice: fc.array(
                fc.record({
                  path,
                  rate: value(fc.constantFrom("1kb", "100MiB", 2 ** 20), number),
                }),
                { maxLength: 2 },
              ),
              throttleWriteIOPSDevice: fc.array(
                fc.record({ major: fc.constant(8), minor: fc.nat(16), rate: number }),
                { maxLength: 2 },
              ),
            },
            optional,
          ),
          cpuset: fc.oneof(
            fc.record({ cpus: fc.oneof(fc.constantFrom("0", "0-3,5"), number) }),
            fc.record({ cpus: fc.constant("1"), mems: fc.constant("0") }),
          ),
        },
        optional,
      ),
      cgroup: fc.record({ version: fc.constantFrom("auto", 1, 2) }, optional),
      network: fc.oneof(
        fc.constant({}),
        fc.constant({ mode: "none" }),
        fc.record(
          { mode: fc.constantFrom("bridge", "host"), dns: fc.array(fc.ipV4(), { maxLength: 3 }) },
          { requiredKeys: ["mode"] },
        ),
        fc.record({
          mode: fc.constantFrom("container:other", {
            container: new Parameter("name", "OTHER", { default: "other" }),
          }),
        }),
        fc.record({
          mode: fc.constant("bridge"),
          bridge: fc.constant("br-1"),
          subnet: fc.constant("10.0.0.0/30"),
          publish: fc.constantFrom(
            [],
            ["8080:80", "127.0.0.1:53:5353/udp"],
            [{ hostPort: new Parameter("integer", "PORT", { default: 80 }), containerPort: 80 }],
          ),
        }),
      ),
      extraHosts: fc.constantFrom(
        {},
        { "db-1.example": "192.0.2.7", six: "2001:db8::6" },
        { db: new Parameter("text", "ADDRESS", { default: "192.0.2.1" }) },
      ),
      banner: fc.boolean(),
      hooks: fc.record(
        {
          createRuntime: fc.array(hook, { maxLength: 2 }),
          createContainer: fc.array(hook, { maxLength: 2 }),
          startContainer: fc.array(hook, { maxLength: 2 }),
          poststart: fc.array(hook, { maxLength: 2 }),
          poststop: fc.array(hook, { maxLength: 2 }),
        },
        optional,
      ),
      // Whoever the command runs as is among these.
      uidMappings: fc
        .record({ hostID: fc.constantFrom(0, parameter("integer")) })
        .map((each) => [{ containerID: 0, size: 2 ** 31, ...each }]),
    },
    optional,
  );
  return fc.tuple(given, privileges).map(
    ([{ process, ...fields }, { privileged, capabilities, paths: restricted }]) =>
      ({
        ...(isJoined(fields) ? without(fields, ["extraHosts", "uidMappings"]) : fields),
        ...{ ...restricted, privileged },
        process: { ...process, capabilities },
      }) as ContainerInput,
  );
});

/** Whether it shares the network of another container, and so that one's hosts and no user namespace. */
const isJoined = ({ network }: { readonly network?: object }) =>
  network !== undefined &&
  "mode" in network &&
  !["bridge", "none", "host"].includes(String(network.mode));

const without = (fields: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
