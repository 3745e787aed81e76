import path from "node:path";
import { describe, expect, test } from "vitest";
import { applyFlags, hasFlags, isSetByFlag } from "../../src/config/flags.js";
import { param } from "../../src/model/param.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { brief, problemsOf } from "../support/problems.js";

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

test("each flag sets its field, and nothing else", () => {
  expect(applyFlags({})).toEqual({});
  expect(
    applyFlags({
      ...{ name: "web", hostname: "h", rootfs: "/r", switch: "chroot", privileged: true },
      ...{ cpus: "0.5", memory: "256m", env: ["K=V", "E=", "X=a=b"], workdir: "/w", user: "5:6" },
      ...{ memorySwap: "1g", pidsLimit: "64", cpusetCpus: "0-1", cpusetMems: "0" },
      ...{ deviceReadBps: ["/dev/sda:1mb", "/dev/a:b:2"], deviceWriteIops: ["/dev/sda:100"] },
      ...{ network: "bridge", bridge: "br1", subnet: "10.0.0.0/24", dns: ["192.0.2.1"] },
      ...{ groupAdd: ["7", "8"], capAdd: ["net_admin"], capDrop: ["ALL", "CAP_CHOWN"] },
      ...{ securityOpt: ["no-new-privileges:false"], oomScoreAdj: "-5" },
      ulimit: ["nofile=5", "core=0:-1"],
      publish: ["8080:80"],
      addHost: ["db:192.0.2.7", "six:2001:db8::1", "equal=::1"],
      uidmap: ["0:100000:10", "10:5"],
      gidmap: ["0:200000:10"],
      command: ["sh", "-c", "true"],
    }),
  ).toEqual({
    ...{ name: "web", hostname: "h", privileged: true },
    uidMappings: [
      { containerID: 0, hostID: 100_000, size: 10 },
      { containerID: 10, hostID: 5, size: 1 },
    ],
    gidMappings: [{ containerID: 0, hostID: 200_000, size: 10 }],
    root: { path: "/r", switch: "chroot" },
    process: {
      args: ["sh", "-c", "true"],
      env: { PATH: defaultPath, K: "V", E: "", X: "a=b" },
      cwd: "/w",
      user: { uid: 5, gid: 6, additionalGids: [7, 8] },
      capabilities: { add: ["NET_ADMIN"], drop: ["ALL", "CAP_CHOWN"] },
      noNewPrivileges: false,
      rlimits: [
        { type: "RLIMIT_NOFILE", soft: 5, hard: 5 },
        { type: "RLIMIT_CORE", soft: 0, hard: "unlimited" },
      ],
      oomScoreAdj: -5,
    },
    resources: {
      cpu: { cpus: 0.5 },
      memory: { limit: "256m", swap: "1g" },
      pids: { limit: 64 },
      cpuset: { cpus: "0-1", mems: "0" },
      blockIO: {
        throttleReadBpsDevice: [
          { path: "/dev/sda", rate: "1mb" },
          { path: "/dev/a:b", rate: "2" },
        ],
        throttleWriteIOPSDevice: [{ path: "/dev/sda", rate: 100 }],
      },
    },
    network: {
      ...{ mode: "bridge", bridge: "br1", subnet: "10.0.0.0/24", dns: ["192.0.2.1"] },
      publish: ["8080:80"],
    },
    extraHosts: { db: "192.0.2.7", six: "2001:db8::1", equal: "::1" },
  });
});

test("flags alone describe a container", () => {
  const spec = parseContainer(applyFlags({ privileged: true, cpus: "1.5", memory: "64m" }));
  expect(spec.resources).toEqual({
    cpu: { quota: 150_000, period: 100_000 },
    memory: { limit: 64 * 1024 * 1024 },
  });
});

describe("over a config", () => {
  const name = param.name("NAME", { default: "box" });
  const config = {
    name,
    privileged: true,
    root: { build: { commands: ["sh"] }, switch: "chroot" },
    process: { args: ["a"], env: { PATH: "/bin", A: "1" }, cwd: "/c" },
    resources: { cpu: { quota: 1000, period: 50_000 }, memory: { limit: 1 } },
    network: { mode: "bridge", dns: ["192.0.2.1"] },
  };

  test("a flag takes the place of its field; the rest stays as it is", () => {
    expect(applyFlags({}, config)).toEqual(config);
    expect(applyFlags({ network: "none", dns: [] }, config)).toEqual({
      ...config,
      network: { mode: "none", dns: [] },
    });
    const changed = applyFlags({ env: ["A=2", "B=3"], command: ["b"] }, config);
    expect(changed.process).toEqual({
      args: ["b"],
      env: { PATH: "/bin", A: "2", B: "3" },
      cwd: "/c",
    });
    expect(changed.name).toBe(name);
    expect(applyFlags({ publish: ["81:80"] }, { network: { publish: ["80:80"] } })).toEqual({
      network: { publish: ["80:80", "81:80"] },
    });
    const hosts = { extraHosts: { a: "192.0.2.1", b: "192.0.2.2" } };
    expect(applyFlags({ addHost: ["b:192.0.2.3", "c:192.0.2.4"] }, hosts)).toEqual({
      extraHosts: { a: "192.0.2.1", b: "192.0.2.3", c: "192.0.2.4" },
    });
  });

  test("capabilities, groups and limits are added to those of the config", () => {
    const process = {
      user: { uid: 1, gid: 2, additionalGids: [3], umask: 0o077 },
      capabilities: { add: ["SYS_TIME"] },
      rlimits: [
        { type: "RLIMIT_CORE", soft: 1, hard: 1 },
        { type: "RLIMIT_CPU", soft: 2, hard: 2 },
      ],
    };
    const flags = { groupAdd: ["4"], capAdd: ["kill"], capDrop: ["all"], ulimit: ["core=0"] };
    expect(applyFlags({ ...flags, user: "9" }, { process }).process).toEqual({
      user: { uid: 9, gid: 0, additionalGids: [3, 4], umask: 0o077 },
      capabilities: { add: ["SYS_TIME", "KILL"], drop: ["ALL"] },
      rlimits: [
        { type: "RLIMIT_CPU", soft: 2, hard: 2 },
        { type: "RLIMIT_CORE", soft: 0, hard: 0 },
      ],
    });
    const securityOpt = ["no-new-privileges=false", "no-new-privileges"];
    expect(applyFlags({ securityOpt }).process).toEqual({ noNewPrivileges: true });
    expect(applyFlags({ securityOpt: ["systempaths=unconfined"] })).toMatchObject({
      maskedPaths: [],
      readonlyPaths: [],
    });
  });

  test("what excludes each other is replaced together", () => {
    const changed = applyFlags({ rootfs: "/r", cpus: "2" }, config);
    expect(changed.root).toEqual({ path: "/r", switch: "chroot" });
    expect(changed.resources).toEqual({
      cpu: { cpus: 2, period: 50_000 },
      memory: { limit: 1 },
    });
  });

  test.each([{ build: {} }, { layers: ["/a"], overlay: { path: "/b" } }])(
    "a directory takes the place of any other root file system: %j",
    (root) => {
      const changed = applyFlags({ rootfs: "/r" }, { root: { ...root, readonly: true } });
      expect(changed.root).toEqual({ path: "/r", readonly: true });
    },
  );

  test("what is no container is left for validation to refuse", () => {
    for (const wrong of [null, 7, "x", ["y"]]) expect(applyFlags({ name: "n" }, wrong)).toBe(wrong);
  });
});

test("a relative root file system is meant from the working directory", () => {
  expect(applyFlags({ rootfs: "x/../rootfs" }).root).toEqual({ path: path.resolve("rootfs") });
});

test("-u takes one number or two", () => {
  expect(applyFlags({ user: "5" }).process).toEqual({ user: { uid: 5, gid: 0 } });
});

test.each([
  [{ env: ["NOVALUE"] }, "environment-assignment"],
  [{ env: ["=x"] }, "environment-assignment"],
  [{ user: "nobody" }, "user-flag"],
  [{ groupAdd: ["wheel"] }, "group-flag"],
  [{ userns: "keep-id" }, "userns-flag"],
  [{ userns: "" }, "userns-flag"],
  [{ uidmap: ["0"] }, "id-map-flag"],
  [{ uidmap: ["0:-1:1"] }, "id-map-flag"],
  [{ gidmap: ["0:1:1:1"] }, "id-map-flag"],
  [{ gidmap: ["+0:1"] }, "id-map-flag"],
  [{ securityOpt: ["seccomp=unconfined"] }, "security-flag"],
  [{ ulimit: ["nofile"] }, "ulimit-flag"],
  [{ ulimit: ["nofiles=1"] }, "ulimit-flag"],
  [{ ulimit: ["nofile=1:x"] }, "ulimit-flag"],
  [{ ulimit: ["nofile=-2"] }, "ulimit-flag"],
  [{ oomScoreAdj: "high" }, "oom-score-flag"],
  [{ user: "1:" }, "user-flag"],
  [{ user: "-1" }, "user-flag"],
  [{ cpus: "half" }, "cpus-flag"],
  [{ cpus: "" }, "cpus-flag"],
  [{ cpus: "Infinity" }, "cpus-flag"],
  [{ pidsLimit: "many" }, "pids-flag"],
  [{ pidsLimit: "" }, "pids-flag"],
  [{ addHost: ["db"] }, "add-host-flag"],
  [{ addHost: [":192.0.2.1"] }, "add-host-flag"],
  [{ deviceReadBps: ["/dev/sda"] }, "device-flag"],
  [{ deviceReadBps: ["/dev/sda:"] }, "device-flag"],
  [{ deviceReadBps: ["1mb"] }, "device-flag"],
  [{ deviceReadIops: ["/dev/sda:1mb"] }, "device-flag"],
] as const)("%j is refused", (flags, code) => {
  expect(problemsOf(() => applyFlags(flags)).map(brief)).toEqual([code]);
});

describe("--userns", () => {
  const specOf = (flags: object, config: object = {}) => parseContainer(applyFlags(flags, config));
  const mapping = { containerID: 0, hostID: 1000, size: 1 };

  test.each([
    [{}, {}],
    [{ privileged: true }, {}],
    [{ network: "host" }, {}],
    [{ network: "none" }, { network: { mode: "host" } }],
    [{}, { network: { mode: "host" } }],
    [{}, { privileged: true, uidMappings: [mapping] }],
    [{}, { namespaces: ["pid", "mount", "network", "user"] }],
    [{ privileged: false }, { namespaces: ["mount", "network"], privileged: true }],
  ])("private adds a user namespace to %j %j, and host takes it away", (flags, config) => {
    const without = specOf(flags, { ...config, uidMappings: undefined });
    const others = without.namespaces.filter((type) => type !== "user");
    const own = specOf({ ...flags, userns: "private" }, config);
    expect([...own.namespaces].sort()).toEqual([...others, "user"].sort());
    expect(own.uidMappings).toEqual("uidMappings" in config ? [mapping] : undefined);
    const none = specOf({ ...flags, userns: "host" }, config);
    expect(none.namespaces).toEqual(others);
    expect([none.uidMappings, none.gidMappings]).toEqual([undefined, undefined]);
  });

  test("ids can be mapped in one of its own only", () => {
    const uidmap = ["0:100000:65536"];
    expect(specOf({ userns: "private", uidmap }).uidMappings).toHaveLength(1);
    expect(problemsOf(() => specOf({ userns: "host", uidmap })).map(brief)).toEqual([
      "namespace-missing namespaces",
    ]);
    const joined = { userns: "private", network: "container:other" };
    expect(problemsOf(() => specOf(joined)).map(brief)).toEqual(["namespace-conflict namespaces"]);
  });
});

test("a problem is a flag's when its field is", () => {
  const flags = { network: "moon", rootfs: "/r" };
  expect(isSetByFlag(["network", "mode"], flags)).toBe(true);
  expect(isSetByFlag(["network"], flags)).toBe(false);
  expect(isSetByFlag(["root", "path"], flags)).toBe(true);
  expect(isSetByFlag(["name"], flags)).toBe(false);
  expect([hasFlags(flags), hasFlags({}), hasFlags({ dns: [] })]).toEqual([true, false, true]);
});

describe("mounts", () => {
  const mountsOf = (flags: object, config?: object) =>
    (applyFlags(flags, config).mounts ?? []).filter(
      ({ destination }) => !["/proc", "/sys", "/tmp"].includes(destination),
    );

  test("are added to those of the model, as Docker users type them", () => {
    expect(applyFlags({ tmpfs: ["/cache"] }).mounts).toHaveLength(4);
    expect(mountsOf({ volume: ["/srv/a b:/a", "./b:/b:ro,noexec", "db:/c:ro"] })).toEqual([
      { destination: "/a", type: "bind", source: "/srv/a b", options: ["rbind"] },
      {
        destination: "/b",
        type: "bind",
        source: path.resolve("b"),
        options: ["rbind", "rro", "noexec"],
      },
      { destination: "/c", type: "volume", source: "db", options: ["ro"] },
    ]);
    expect(mountsOf({ tmpfs: ["/a", "/b:size=64m,noexec"] })).toEqual([
      { destination: "/a", type: "tmpfs", options: [] },
      { destination: "/b", type: "tmpfs", options: ["size=64m", "noexec"] },
    ]);
    expect(
      mountsOf({
        mount: [
          "type=bind,source=/a,target=/1,readonly",
          'type=bind,"src=/a:b,""c",dst=/2,bind-propagation=rprivate,ro=false',
          "source=db,destination=/3,ro=true",
          "type=tmpfs,target=/4,tmpfs-size=64m,tmpfs-mode=0700",
        ],
      }),
    ).toEqual([
      { destination: "/1", type: "bind", source: "/a", options: ["rbind", "rro"] },
      { destination: "/2", type: "bind", source: '/a:b,"c', options: ["rbind", "rprivate"] },
      { destination: "/3", type: "volume", source: "db", options: ["ro"] },
      { destination: "/4", type: "tmpfs", options: ["size=64m", "mode=0700"] },
    ]);
  });

  test("take the place of a config's at the same destination", () => {
    const config = { mounts: ["/a", "/b"].map((destination) => ({ destination, type: "tmpfs" })) };
    expect(mountsOf({ volume: ["db:/a/"] }, config)).toEqual([
      { destination: "/b", type: "tmpfs" },
      { destination: "/a/", type: "volume", source: "db", options: [] },
    ]);
    expect(applyFlags({ tmpfs: ["/a"] }, { mounts: 5 }).mounts).toBe(5);
  });

  test.each([
    [{ volume: ["/data"] }, "volume-flag"],
    [{ volume: [":/data"] }, "volume-flag"],
    [{ volume: ["/a:"] }, "volume-flag"],
    [{ volume: ["/a:/b:ro:x"] }, "volume-flag"],
    [{ tmpfs: [""] }, "tmpfs-flag"],
    [{ tmpfs: ["/a:ro:x"] }, "tmpfs-flag"],
    [{ mount: [""] }, "mount-flag"],
    [{ mount: ["type=bind,source=/a"] }, "mount-flag"],
    [{ mount: ["type=bind,source=/a,target=/b,consistency=cached"] }, "mount-flag"],
    [{ mount: ["type=bind,source=/a,target=/b,target=/c"] }, "mount-flag"],
    [{ mount: ["type=bind,source=/a,target=/b,ro=maybe"] }, "mount-flag"],
    [{ volume: ["a/b:/data"] }, "value-type"],
    [{ volume: ["/a:/data:z"] }, "mount-option"],
    [{ volume: ["/a:/data:rslave"] }, "mount-propagation"],
    [{ volume: ["/a:/x", "/b:/x"] }, "duplicate-value"],
    [{ mount: ["type=bind,target=/x"] }, "mount-flag"],
    [{ mount: ["type=npipe,target=/x"] }, "invalid-value"],
  ])("%j is %s", (flags, code) => {
    const problems = problemsOf(() => parseContainer(applyFlags({ ...flags, privileged: true })));
    expect(problems.map((each) => each.code)).toContain(code);
  });
});
