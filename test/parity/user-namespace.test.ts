import { describe, expect, it } from "vitest";
import { type ContainerInput, param } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";

const namespaces = ["user", "pid", "mount", "uts", "ipc", "network"] as const;
const bridge = { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" } as const;

const specs: Readonly<Record<string, Omit<ContainerInput, "privileged">>> = {
  "the least there is": { namespaces: [...namespaces] },
  "all at once": {
    namespaces: [...namespaces],
    hostname: "box",
    network: { ...bridge, dns: ["192.0.2.53"] },
    resources: { cpu: { cpus: 0.5 }, memory: { limit: "64MiB" } },
    process: { user: { uid: 1000, gid: 1001 }, cwd: "/tmp" },
    banner: true,
  },
  "a built root file system": {
    namespaces: [...namespaces],
    root: { build: { commands: ["sh", "cat"] } },
    mounts: [
      { destination: "/proc", type: "proc" },
      { destination: "/srv/new/place", type: "tmpfs" },
      { destination: "/srv/new/place/below", type: "tmpfs" },
    ],
  },
  chroot: { namespaces: [...namespaces], root: { path: rootfs, switch: "chroot" } },
  "mappings of several lines": {
    uidMappings: [
      { containerID: 0, hostID: 200_000, size: 10 },
      { containerID: 1000, hostID: 300_000, size: 1 },
    ],
    gidMappings: [{ containerID: 0, hostID: 400_000, size: 1 }],
    process: { user: { uid: 1000, gid: 0 } },
  },
  "one user and no other": { uidMappings: [{ containerID: 0, hostID: 1234, size: 1 }] },
  "the host's network": {
    namespaces: ["user", "pid", "mount"],
    network: { mode: "host", dns: ["192.0.2.53"] },
  },
  "few namespaces": { namespaces: ["user", "mount", "network"] },
};

describe("a user namespace on both paths", () => {
  it.each(Object.entries(specs))("%s", async (_, spec) => {
    const { kernel } = await testContainer(spec).expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "running\n" });
    expect(kernel.state?.namespaces).toContain("user");
  });

  it("by default has root and 65535 others that are nobody else's", async () => {
    const { kernel } = await testContainer({ namespaces: [...namespaces] })
      .withCommand("sh", "-c", "id -u; id -g; id -G")
      .expectSameOnBothPaths();
    const mapping = { containerID: 0, hostID: 100_000, size: 65_536 };
    expect(kernel.stdout).toBe("0\n0\n0\n");
    expect(kernel.state).toMatchObject({
      userNamespace: { uidMappings: [mapping], gidMappings: [mapping], setgroups: "allow" },
      process: { user: { uid: 100_000, gid: 100_000, groups: [] } },
    });
  });

  it("has a root whose files belong to an unprivileged user of the host", async () => {
    const { kernel } = await testContainer({
      uidMappings: [{ containerID: 0, hostID: 5000, size: 9 }],
    })
      .onHost((host) => host.must("chown", "-R", "5000:5000", rootfs))
      .withCommand(
        "sh",
        "-c",
        "touch /made; mkdir /dir; chown 7:8 /dir; stat -c '%u:%g %n' /made /dir",
      )
      .expectSameOnBothPaths();
    expect(kernel.files).toContain("made f 644  5000:5000");
    expect(kernel.files).toContain("dir d 755  5007:5008");
    expect(kernel.stdout).toBe("0:0 /made\n7:8 /dir\n");
  });

  it("can do nothing to what is the host's, and everything to what is its own", async () => {
    // Harmless, too, should it be allowed.
    const theirs = [
      "touch /etc/mine",
      "cat /etc/shadow",
      "chown 0 /etc/passwd",
      "mknod /tmp/null c 1 3",
      "head -c 1 /dev/disk",
      "tee /proc/sys/kernel/panic",
      "tee /proc/sys/vm/drop_caches",
      "mount -t devtmpfs none /tmp",
      "renice -n -5 1",
    ];
    const own = [
      "hostname mine",
      "mount -t tmpfs none /tmp",
      "touch /tmp/mine",
      "chown 7 /tmp/mine",
      "ip link set lo down",
      "kill -0 1",
    ];
    const tried = [...theirs, ...own].map(
      (line) => `busybox ${line} </dev/null >/dev/null 2>&1; echo $?`,
    );
    const { kernel } = await testContainer({ namespaces: [...namespaces], network: bridge })
      .onHost(async (host) => {
        await host.writeFile(`${rootfs}/etc/shadow`, "secret", 0o600);
        await host.must("mknod", "-m", "600", `${rootfs}/dev/disk`, "b", "254", "0");
        await host.must("mknod", "-m", "666", `${rootfs}/dev/null`, "c", "1", "3");
      })
      .withCommand("sh", "-c", tried.join("\n"))
      .neverRunning()
      .expectSameOnBothPaths();
    const statuses = kernel.stdout.trimEnd().split("\n");
    const did = [...theirs, ...own].filter((_, index) => statuses[index] === "0");
    expect(did).toEqual(own);
  });
});

describe("a container that waits", () => {
  it("is taken down when the kernel refuses its mappings", async () => {
    const first = param.integer("FIRST", { default: 100_000 });
    // That both are the same on the host is known only when it starts.
    const mappings = [
      { containerID: 0, hostID: first, size: 5 },
      { containerID: 5, hostID: first, size: 5 },
    ];
    const { kernel, script } = await testContainer({ uidMappings: mappings, network: bridge })
      .withCommand("true")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    for (const { status, stderr } of [kernel, script]) {
      expect(status).toBe(125);
      expect(stderr).toContain("error[write-failed] (id_mappings)");
    }
  });

  it("is taken down when it has failed before", async () => {
    const limited = { namespaces: [...namespaces], resources: { cpu: { cpus: 1 } } };
    const { kernel, script } = await testContainer(limited)
      .startedBy(
        ...([
          "strace",
          "-f",
          "-qq",
          "-o",
          "/dev/null",
          "-e",
          "inject=openat:error=EACCES",
        ] as const),
        ...["-P", "/sys/fs/cgroup/cpu/container-container/tasks"],
      )
      .withCommand("true")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    for (const { status, stderr } of [kernel, script]) {
      expect(status).toBe(125);
      expect(stderr).toContain("error[write-failed] (cgroup_join)");
    }
  });
});
