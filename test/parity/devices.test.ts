import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { testContainer } from "./test-container.js";

const hardened = (container: ContainerInput = {}) =>
  testContainer({ privileged: false, network: { mode: "none" }, ...container });

const sh = (line: string) => ["sh", "-c", line] as const;

const nodes = ["null 1:3", "zero 1:5", "full 1:7", "random 1:8", "urandom 1:9", "tty 5:0"];

const everything = {
  ...Object.fromEntries(
    nodes
      .map((each) => each.split(" "))
      .map(([name = "", numbers]) => [name, `device ${numbers ?? ""}, 0666`]),
  ),
  fd: "link to /proc/self/fd",
  stdin: "link to /proc/self/fd/0",
  stdout: "link to /proc/self/fd/1",
  stderr: "link to /proc/self/fd/2",
  ptmx: "link to pts/ptmx",
  pts: "directory, 0755",
  shm: "directory, 1777",
  mqueue: "directory, 1777",
};

/** Makes a node with the numbers of a device that is there on every machine, and opens it. */
const openOwnNode = (place: string) =>
  `busybox mknod ${place} c 1 11 && (busybox head -c 0 ${place} || true); rm ${place}`;

describe("a container that is not privileged", () => {
  it.each<[string, ContainerInput]>([
    ["with a root file system", {}],
    ["with one that is made for it", { root: { build: { commands: ["sh"] } } }],
    ["that switches its root by chroot", { root: { path: rootfs, switch: "chroot" } }],
    ["with a user namespace", { uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }] }],
  ])("%s has a /dev of its own, and nothing else in there", async (_, container) => {
    const { kernel } = await hardened(container)
      .withCommand(
        ...sh(
          "echo gone >/dev/null; busybox head -c 2 /dev/zero | busybox od -An -c; echo x >/dev/full",
        ),
      )
      .expectSameOnBothPaths();
    expect(kernel.state?.devices).toEqual(everything);
    expect(kernel.stdout).toBe("  \\0  \\0\n");
    expect(kernel.stderr).toMatch(/No space left on device/);
  });

  it("has terminals of its own, which belong to the group tty", async () => {
    const { kernel } = await hardened()
      .withCommand(...sh("exec 3<>/dev/ptmx; ls -ln /dev/pts/0"))
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/^crw--w---- +1 0 +5 +136, +0 .* \/dev\/pts\/0\n$/);
  });

  it("has them also where the group tty is not one of its own", async () => {
    const one = [{ containerID: 0, hostID: 100_000, size: 1 }];
    const { kernel } = await hardened({ uidMappings: one }).expectSameOnBothPaths();
    expect(kernel.state?.devices).toEqual(everything);
  });

  it("sees no message queues where it shares those of the host", async () => {
    const { kernel } = await hardened({
      namespaces: ["mount", "network", "pid"],
    }).expectSameOnBothPaths();
    expect(kernel.state?.devices).toEqual({ ...everything, mqueue: undefined });
  });

  it.each(["pivot_root", "chroot"] as const)(
    "opens no other device, wherever it finds one or makes one, after %s",
    async (method) => {
      const places = [
        "/dev/kmsg",
        "/kmsg",
        "/tmp/kmsg",
        "/dev/shm/kmsg",
        "/data/kmsg",
        "/kept/kmsg",
      ];
      const { kernel } = await hardened({
        root: { path: rootfs, switch: method },
        mounts: [
          { destination: "/tmp", type: "tmpfs" },
          { destination: "/data", type: "bind", source: "/tmp/data" },
          { destination: "/tree", type: "bind", source: "/tmp/tree", options: ["rbind"] },
          { destination: "/kept", type: "volume", source: "kept" },
        ],
      })
        .onHost((host) =>
          host.must(
            "sh",
            "-ec",
            `mkdir /tmp/data /tmp/tree /tmp/tree/below; mount -t tmpfs tmpfs /tmp/tree/below
          mknod ${rootfs}/found c 1 11; mknod /tmp/data/found c 1 11; mknod /tmp/tree/below/found c 1 11`,
          ),
        )
        .withCommand(
          ...sh(
            `${places.map(openOwnNode).join("\n")}
          busybox head -c 0 /found; busybox head -c 0 /data/found; busybox head -c 0 /tree/below/found; echo end`,
          ),
        )
        .expectSameOnBothPaths();
      expect(kernel.stdout).toBe("end\n");
      const refused = [...places, "/found", "/data/found", "/tree/below/found"];
      expect(kernel.stderr).toBe(
        refused.map((each) => `head: ${each}: Permission denied\n`).join(""),
      );
    },
  );

  it("opens a device of the host's that it is given", async () => {
    const { kernel } = await hardened({
      mounts: [{ destination: "/dev/log", type: "bind", source: "/dev/null", options: ["dev"] }],
    })
      .withCommand(...sh("echo gone >/dev/log; ls /dev/log"))
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ stdout: "/dev/log\n", stderr: "" });
  });

  it("cannot change the nodes that the host uses", async () => {
    const { kernel } = await hardened()
      .withCommand(...sh("busybox chmod 0 /dev/null && busybox stat -c %a /dev/null"))
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("0\n");
  });

  it("has what is mounted in there by its config", async () => {
    const { kernel } = await hardened({
      mounts: [{ destination: "/dev/shm", type: "tmpfs", options: ["size=1m"] }],
    }).expectSameOnBothPaths();
    const memory = kernel.state?.mounts.filter(({ target }) => target === "/dev/shm").at(-1);
    expect(memory?.superOptions).toContain("size=1024k");
  });

  it("has the /dev of its config, if that has one", async () => {
    const { kernel } = await hardened({
      mounts: [{ destination: "/dev/", type: "tmpfs" }],
    })
      .onHost((host) => host.must("mknod", `${rootfs}/found`, "c", "1", "11"))
      .withCommand(...sh("busybox head -c 0 /found"))
      .expectSameOnBothPaths();
    expect(kernel.state?.devices).toEqual({});
    expect(kernel.stderr).toBe("head: /found: Permission denied\n");
  });
});

describe("a root file system that lies", () => {
  const replaceDev = (by: string) => (host: SimulatedHost) =>
    host.must("sh", "-ec", `rm -rf ${rootfs}/dev; mkdir -p /tmp/outside; ${by}`);

  it.each([
    ["an absolute link", `ln -s /tmp/outside ${rootfs}/dev`],
    ["a link upwards", `ln -s ../../../../../tmp/outside ${rootfs}/dev`],
    ["a link to itself", `mkdir ${rootfs}/d; ln -s ../d ${rootfs}/dev`],
  ])("%s at /dev leads nowhere outside", async (_, by) => {
    const { kernel } = await hardened({ mounts: [] })
      .onHost(replaceDev(by))
      .withCommand(...sh("set -- /dev/*; echo $#"))
      .leaving("/tmp/outside")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("14\n");
    expect(kernel.files.filter((line) => line.startsWith("/tmp/outside/"))).toEqual([]);
  });

  it("a /dev that is a file is refused", async () => {
    const { kernel } = await hardened()
      .onHost(replaceDev(`touch ${rootfs}/dev`))
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125 });
    expect(kernel.stderr).toContain("error[mount-target-kind]");
  });
});

it("who may make no devices gets no container, and nothing is left", async () => {
  const refused = "inject=mknod,mknodat:error=EPERM";
  const { script, kernel } = await hardened({ root: { path: rootfs } })
    .startedBy("strace", "-f", "-qq", "-o", "/dev/null", "-e", refused)
    .neverRunning()
    .inOtherWords()
    .withCommand("true")
    .expectSameOnBothPaths();
  for (const { status, stderr } of [script, kernel]) {
    expect(status).toBe(125);
    expect(stderr).toContain("error[command-failed] (devices):");
  }
});

it("a privileged container has what its root file system has", async () => {
  const { kernel } = await testContainer({ privileged: true }).expectSameOnBothPaths();
  expect(kernel.state?.devices).toBeUndefined();
});
