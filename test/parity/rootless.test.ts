import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { readCaseNamed } from "../golden/cases.js";
import { rootfs } from "../host/script.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { testContainer } from "./test-container.js";

const namespaces = ["user", "pid", "mount", "uts", "ipc", "network"] as const;
const user = 1234;

type Parts = ContainerInput;

const rootless = (parts: Parts) =>
  testContainer({ namespaces: [...namespaces], ...parts }).asUser(user);

const specs: Readonly<Record<string, Parts>> = {
  "the least there is": {},
  "a built root file system": { root: { build: { commands: ["sh", "cat"] } } },
  chroot: { root: { path: rootfs, switch: "chroot" } },
  "the host's network": {
    namespaces: ["user", "pid", "mount", "uts"],
    network: { mode: "host" },
    hostname: "box",
  },
  "not privileged": { privileged: false },
  "not privileged, built, with all namespaces": {
    privileged: false,
    namespaces: [...namespaces, "cgroup"],
    root: { build: { commands: ["sh", "cat"] } },
    hostname: "box",
  },
  "few namespaces": { namespaces: ["user", "mount", "network"] },
  "itself, explicitly": { uidMappings: [{ containerID: 0, hostID: user, size: 1 }] },
};

describe("a container of a user without rights, on both paths", () => {
  it.each(Object.entries(specs))("%s", async (_, spec) => {
    const { kernel } = await rootless(spec).expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "running\n", stderr: "" });
    const mapping = { containerID: 0, hostID: user, size: 1 };
    expect(kernel.state).toMatchObject({
      userNamespace: { uidMappings: [mapping], gidMappings: [mapping], setgroups: "deny" },
      process: { user: { uid: user, gid: user } },
    });
  });

  it("is the golden case 11-userns, which is the same script as root's", async () => {
    const { kernel } = await testContainer(await readCaseNamed("11-userns"))
      .asUser(user)
      .onHost((host) => host.must("chown", "-R", `${user}:${user}`, rootfs))
      .withCommand("sh", "-c", "id -u; hostname; touch /made")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("0\nmy-container\n");
    expect(kernel.files).toContain(`made f 644  ${user}:${user}`);
  });

  it.each([
    ["given", { path: rootfs }],
    ["built", { build: { commands: ["sh", "cat"] } }],
  ])("has files of its own over a root that it cannot change: %s", async (_, root) => {
    const { kernel } = await rootless({
      root: { ...root, readonly: true },
      files: [{ path: "/etc/motd", content: "mine\n", mode: 0o600 }],
    })
      .onHost(async (host) => {
        // A user can only mount over what is there already, or what he may make.
        await host.must("mkdir", "-p", rootfs);
        await host.must("chown", "-R", `${user}:${user}`, rootfs);
      })
      .withCommand("sh", "-c", "cat /etc/motd; echo >/new || echo >/tmp/new && echo done")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "mine\ndone\n" });
  });

  it("gets the ids that are set apart for the user, where newuidmap is there to allow it", async () => {
    const { kernel } = await rootless({ process: { user: { uid: 1000, gid: 5 } } })
      .onHost(subordinateIds)
      .withCommand("sh", "-c", "id -u; id -g; id -G; touch /tmp/made && stat -c %u:%g /tmp/made")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("1000\n5\n5\n1000:5\n");
    expect(kernel.state).toMatchObject({
      userNamespace: {
        uidMappings: [
          { containerID: 0, hostID: user, size: 1 },
          { containerID: 1, hostID: 300_000, size: 5_000 },
        ],
        gidMappings: [
          { containerID: 0, hostID: user, size: 1 },
          { containerID: 1, hostID: 400_000, size: 6_000 },
        ],
        setgroups: "allow",
      },
      process: { user: { uid: 300_999, gid: 400_004, groups: [] } },
    });
  });

  it("can be given just some of them", async () => {
    const { kernel } = await rootless({
      uidMappings: [{ containerID: 0, hostID: 300_100, size: 10 }],
      gidMappings: [{ containerID: 0, hostID: 400_100, size: 10 }],
    })
      .onHost(subordinateIds)
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "running\n", stderr: "" });
    expect(kernel.state?.process.user).toEqual({ uid: 300_100, gid: 400_100, groups: [] });
  });

  const refused: [string, string, Parts, ((host: SimulatedHost) => Promise<unknown>)?][] = [
    ["with a bridge", "not-root", { network: { mode: "bridge" } }],
    [
      "without a user namespace",
      "not-root",
      { namespaces: ["pid", "mount"], network: { mode: "host" } },
    ],
    ["with limits", "not-root", { resources: { memory: { limit: "64MiB" } } }],
    ["for a user it cannot map", "user-unmapped", { process: { user: { uid: 1 } } }],
    [
      "for a group beyond what is set apart",
      "user-unmapped",
      { process: { user: { gid: 6001 } } },
      subordinateIds,
    ],
    [
      "with ids that are not its own",
      "command-failed",
      { uidMappings: [{ containerID: 0, hostID: 0, size: 1 }] },
      subordinateIds,
    ],
    [
      "with another one as root, who may not enter its run directory",
      "run-directory-closed",
      {
        root: { layers: [rootfs], overlay: { path: "/tmp" } },
        uidMappings: [{ containerID: 0, hostID: 300_100, size: 10 }],
        gidMappings: [{ containerID: 0, hostID: 400_100, size: 10 }],
      },
      subordinateIds,
    ],
    [
      "where users may not make user namespaces",
      "user-namespaces-disabled",
      {},
      (host) => setting(host, "/proc/sys/user/max_user_namespaces", "0"),
    ],
    [
      "when somebody else has made its run directory",
      "run-directory-unsafe",
      {},
      (host) => host.must("mkdir", "-m", "777", `/tmp/cooper-${user}`),
    ],
    [
      "when its run directory is a link",
      "run-directory-unsafe",
      {},
      async (host) => {
        await host.must("install", "-d", "-m", "700", "-o", String(user), "/tmp/target");
        await host.must("ln", "-s", "/tmp/target", `/tmp/cooper-${user}`);
      },
    ],
    [
      "when others may write to its run directory",
      "run-directory-unsafe",
      {},
      (host) => host.must("install", "-d", "-m", "777", "-o", String(user), `/tmp/cooper-${user}`),
    ],
    [
      "when it may not make a missing mount point",
      "write-failed",
      { namespaces: ["user", "mount"], network: { mode: "host", dns: ["192.0.2.1"] } },
    ],
  ];

  it.each(refused)("is refused %s: %s", async (_, code, spec, preparation) => {
    const { kernel, script } = await rootless(spec)
      .onHost(async (host) => preparation?.(host))
      .withCommand("true")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    for (const { status, stderr } of [kernel, script]) {
      expect(status).toBe(125);
      expect(stderr).toContain(`error[${code}]`);
    }
  });
});

it("is refused to root, too, where nobody may make user namespaces", async () => {
  const { kernel, script } = await testContainer({ namespaces: [...namespaces] })
    .onHost((host) => setting(host, "/proc/sys/user/max_user_namespaces", "0"))
    .withCommand("true")
    .neverRunning()
    .inOtherWords()
    .expectSameOnBothPaths();
  for (const { stderr } of [kernel, script])
    expect(stderr).toContain("error[user-namespaces-disabled]");
});

/** A user who is known and has ids set apart, in this simulated host only. */
async function subordinateIds(host: SimulatedHost): Promise<void> {
  const files = {
    passwd: `root:x:0:0::/:/bin/sh\ntester:x:${user}:${user}::/:/bin/sh\n`,
    group: `root:x:0:\ntester:x:${user}:\n`,
    subuid: `other:1000000:65536\ntester:300000:5000\n`,
    subgid: `${user}:400000:6000\n`,
  };
  for (const [name, content] of Object.entries(files)) await setting(host, `/etc/${name}`, content);
}

/** What a file says in this simulated host. */
async function setting(host: SimulatedHost, file: string, content: string): Promise<void> {
  const place = `/run/settings/${file.replaceAll("/", "_")}`;
  await host.writeFile(place, content);
  await host.must("mount", "--bind", place, file);
}
