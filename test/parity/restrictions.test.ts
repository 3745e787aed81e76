import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { defaultCapabilities } from "../../src/model/capabilities.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";

type Process = NonNullable<ContainerInput["process"]>;

/** A container that is not privileged. */
const hardened = (process: Process, root: ContainerInput["root"] = { path: rootfs }) =>
  testContainer({ privileged: false, root, process });

/** What /proc tells of the observed process: capabilities by name. */
async function restrictionsOf(process: Process, root?: ContainerInput["root"]) {
  const { kernel } = await hardened(process, root).expectSameOnBothPaths();
  expect(kernel.status, kernel.stderr).toBe(0);
  const observed = kernel.state?.process;
  if (observed === undefined) throw new Error("nothing was observed");
  return observed;
}

const nothing = { inheritable: [], ambient: [] };

const rootHas = (bounding: unknown) => ({
  ...nothing,
  bounding,
  effective: bounding,
  permitted: bounding,
});

const nobodyHas = (bounding: unknown) => ({ ...nothing, bounding, effective: [], permitted: [] });

const without = (...names: string[]) => defaultCapabilities.filter((name) => !names.includes(name));

describe("capabilities", () => {
  const cases: [string, Process, object][] = [
    ["Docker's by default", {}, rootHas(defaultCapabilities)],
    [
      "more than that",
      { capabilities: { add: ["NET_ADMIN", "CAP_SYS_TIME"] } },
      rootHas([
        ...without("CAP_MKNOD", "CAP_AUDIT_WRITE", "CAP_SETFCAP", "CAP_SYS_CHROOT", "CAP_NET_RAW"),
        "CAP_NET_ADMIN",
        "CAP_NET_RAW",
        "CAP_SYS_CHROOT",
        "CAP_SYS_TIME",
        "CAP_MKNOD",
        "CAP_AUDIT_WRITE",
        "CAP_SETFCAP",
      ]),
    ],
    [
      "less than that",
      { capabilities: { drop: ["CHOWN", "SETPCAP"] } },
      rootHas(without("CAP_CHOWN", "CAP_SETPCAP")),
    ],
    [
      "without the one that enters a root",
      { capabilities: { drop: ["SYS_CHROOT"] }, cwd: "/etc" },
      rootHas(without("CAP_SYS_CHROOT")),
    ],
    [
      "without those that change users",
      { capabilities: { drop: ["SETUID", "SETGID", "SETPCAP"] }, cwd: "/etc" },
      rootHas(without("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")),
    ],
    ["none at all", { capabilities: { drop: ["ALL"] }, cwd: "/etc" }, rootHas([])],
    [
      "none but one",
      { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
      rootHas(["CAP_NET_BIND_SERVICE"]),
    ],
    ["all of them", { capabilities: { add: ["ALL"] } }, rootHas("all")],
    [
      "another user's",
      { user: { uid: 1000, gid: 1000, additionalGids: [5, 1001] }, cwd: "/etc" },
      nobodyHas(defaultCapabilities),
    ],
    [
      "another user's, who can never get any",
      { user: { uid: 1000, gid: 1000 }, capabilities: { drop: ["ALL"] }, cwd: "/etc" },
      nobodyHas([]),
    ],
    [
      "another user's, without those that change users",
      { user: { uid: 1000, additionalGids: [7] }, capabilities: { drop: ["SETUID", "SETGID"] } },
      nobodyHas(without("CAP_SETUID", "CAP_SETGID")),
    ],
  ];

  it.each(cases)("%s", async (_, process, expected) => {
    expect(await restrictionsOf(process)).toMatchObject({
      capabilities: expected,
      cwd: process.cwd ?? "/",
    });
  });

  it.each([{}, { drop: ["ALL" as const] }])("with chroot, %o", async (capabilities) => {
    const { root } = await restrictionsOf(
      { capabilities, cwd: "/etc", user: { uid: 1000, gid: 1000 } },
      { path: rootfs, switch: "chroot" },
    );
    expect(root).toBe(rootfs);
  });

  it("all but some", async () => {
    const { capabilities } = await restrictionsOf({
      capabilities: { add: ["ALL"], drop: ["SYS_CHROOT", "SYS_ADMIN", "CAP_BPF"] },
    });
    expect(capabilities).toMatchObject(nothing);
    expect(capabilities.bounding).toContain("CAP_SYS_MODULE");
    for (const dropped of ["CAP_SYS_CHROOT", "CAP_SYS_ADMIN", "CAP_BPF"])
      expect(capabilities.bounding).not.toContain(dropped);
    expect(capabilities.effective).toEqual(capabilities.bounding);
  });

  it("are not inherited from who starts it", async () => {
    const { kernel } = await hardened({ user: { uid: 1000, gid: 1000 } })
      .startedBy("setpriv", "--inh-caps=+chown,+net_raw", "--ambient-caps=+chown", "--")
      .expectSameOnBothPaths();
    expect(kernel.state?.process.capabilities).toEqual(nobodyHas(defaultCapabilities));
  });

  it("that nobody here has are refused", async () => {
    const { kernel } = await hardened({ capabilities: { add: ["SYS_TIME"] } })
      .startedBy("setpriv", "--bounding-set=-sys_time", "--")
      .withCommand("true")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(125);
    expect(kernel.stderr).toContain("error[capability-missing]");
  });

  it("do what they are for", async () => {
    const allowed = "chown 1 /tmp; echo $?";
    const refused = "hostname other; echo $?; mount -t tmpfs x /tmp; echo $?";
    const { kernel } = await hardened({})
      .withCommand("sh", "-c", `exec 2>/dev/null; ${allowed}; ${refused}`)
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("0\n1\n1\n");
  });
});

describe("privileges", () => {
  it.each([true, false])("new ones, forbidden: %s", async (noNewPrivileges) => {
    const setUserId = async (user: number) => {
      const { kernel } = await hardened({ noNewPrivileges, user: { uid: user, gid: user } })
        .onHost(async (host) => {
          await host.must("cp", `${rootfs}/bin/busybox`, `${rootfs}/bin/id-of-root`);
          await host.must("chmod", "4755", `${rootfs}/bin/id-of-root`);
        })
        .withCommand("/bin/sh", "-c", "exec -a id /bin/id-of-root -u 2>&1 || /bin/id-of-root id -u")
        .expectSameOnBothPaths();
      expect(kernel.state?.process.noNewPrivileges).toBe(noNewPrivileges);
      return kernel.stdout;
    };
    expect(await setUserId(1000)).toContain(noNewPrivileges ? "1000" : "0");
  });

  it("none are taken from a privileged container", async () => {
    const { kernel } = await testContainer({}).expectSameOnBothPaths();
    expect(kernel.state?.process).toMatchObject({
      noNewPrivileges: false,
      capabilities: { bounding: "all", effective: "all" },
    });
    expect(kernel.state?.namespaces).not.toContain("cgroup");
  });

  it("can be limited in a privileged container, too", async () => {
    const { kernel } = await testContainer({
      process: { noNewPrivileges: true, user: { additionalGids: [3] } },
    }).expectSameOnBothPaths();
    expect(kernel.state?.process).toMatchObject({
      noNewPrivileges: true,
      user: { uid: 0, gid: 0, groups: [3] },
      capabilities: { effective: "all" },
    });
  });
});

describe("what the process is given", () => {
  it("groups and umask", async () => {
    const { user, umask } = await restrictionsOf({
      user: { uid: 1000, gid: 1001, additionalGids: [20, 4_000_000_000], umask: 0o027 },
    });
    expect(user).toEqual({ uid: 1000, gid: 1001, groups: [20, 4_000_000_000] });
    expect(umask).toBe("0027");
  });

  it("limits, of every type", async () => {
    const { limits } = await restrictionsOf({
      rlimits: [
        { type: "RLIMIT_NOFILE", soft: 100, hard: 200 },
        { type: "RLIMIT_CORE", soft: 0, hard: 0 },
        { type: "RLIMIT_NPROC", soft: 60, hard: 70 },
        { type: "RLIMIT_FSIZE", soft: 1_000_000, hard: "unlimited" },
        { type: "RLIMIT_STACK", soft: 4_194_304, hard: 8_388_608 },
        { type: "RLIMIT_AS", soft: 4_000_000_000, hard: 5_000_000_000 },
        { type: "RLIMIT_CPU", soft: 100, hard: 101 },
        { type: "RLIMIT_DATA", soft: 3_000_000_000, hard: "unlimited" },
        { type: "RLIMIT_RSS", soft: 10, hard: 10 },
        { type: "RLIMIT_MEMLOCK", soft: 4096, hard: 8192 },
        { type: "RLIMIT_LOCKS", soft: 5, hard: 6 },
        { type: "RLIMIT_SIGPENDING", soft: 7, hard: 8 },
        { type: "RLIMIT_MSGQUEUE", soft: 9, hard: 10 },
        { type: "RLIMIT_NICE", soft: 0, hard: 0 },
        { type: "RLIMIT_RTPRIO", soft: 0, hard: 0 },
        { type: "RLIMIT_RTTIME", soft: 1000, hard: 2000 },
      ],
    });
    expect(limits).toMatchObject({
      "Max open files": "100 200",
      "Max core file size": "0 0",
      "Max processes": "60 70",
      "Max file size": "1000000 unlimited",
      "Max realtime timeout": "1000 2000",
    });
  });

  it("a score for the out-of-memory killer", async () => {
    const { oomScoreAdj } = await restrictionsOf({ oomScoreAdj: 345 });
    expect(oomScoreAdj).toBe(345);
  });

  it("a cgroup namespace whose root is its own group", async () => {
    const { kernel } = await testContainer({
      privileged: false,
      resources: { memory: { limit: "64MiB" } },
    })
      .withCommand("grep", "-E", "memory|^0::", "/proc/self/cgroup")
      .expectSameOnBothPaths();
    expect(kernel.state?.namespaces).toContain("cgroup");
    expect(kernel.stdout).toMatch(/(memory|^0:):\/$/m);
  });

  it("its environment, and the tools on the way to it do not heed that", async () => {
    const env = {
      PATH: "/bin",
      LD_PRELOAD: "/tmp/evil.so",
      LD_LIBRARY_PATH: "/etc",
      PERL5OPT: "-Mevil",
      EMPTY: "",
      SIGN: "a=b=c",
      LINES: "one\ntwo",
    };
    for (const privileged of [true, false]) {
      const { kernel } = await testContainer({ privileged, process: { env } })
        .withCommand("sh", "-c", "exit 3")
        .expectSameOnBothPaths();
      expect(kernel).toMatchObject({ status: 3, stderr: "" });
      expect(kernel.state?.process.environment).toEqual(env);
    }
  });
});
