import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { defaultMaskedPaths, defaultReadonlyPaths } from "../../src/model/default-paths.js";
import { rootfs } from "../host/script.js";
import { attack } from "./attack.js";
import { testContainer } from "./test-container.js";

const hardened = (container: ContainerInput = {}) =>
  testContainer({ privileged: false, network: { mode: "none" }, ...container });

const sh = (line: string) => ["sh", "-c", line] as const;

const usualMasks = [
  ...Object.keys(defaultMaskedPaths),
  "/sys/devices/system/cpu/cpu*/thermal_throttle",
].sort();

const userNamespace: ContainerInput = {
  uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
};

describe("a container that is not privileged", () => {
  it.each<[string, ContainerInput]>([
    ["with a root file system", {}],
    ["with one that is made for it", { root: { build: { commands: ["sh"] } } }],
    ["that switches its root by chroot", { root: { path: rootfs, switch: "chroot" } }],
    ["with a user namespace", userNamespace],
  ])(
    "%s has the masked and read-only paths of runc, and gets round none of them",
    async (_, container) => {
      const { kernel } = await hardened(container)
        .withCommand(...sh(attack))
        .expectSameOnBothPaths();
      expect(kernel.state?.maskedPaths).toEqual(usualMasks);
      expect(kernel.state?.readonlyPaths).toEqual([...defaultReadonlyPaths].sort());
      expect(kernel.stdout).toBe("tried\n");
    },
  );

  it("may write to sysfs where its config says so", async () => {
    const { kernel } = await hardened({
      mounts: [{ destination: "/sys", type: "sysfs", options: ["rw"] }],
    }).expectSameOnBothPaths();
    const sysfs = kernel.state?.mounts.find(({ target }) => target === "/sys");
    expect(sysfs?.options).toContain("rw");
  });

  it.each<[string, ContainerInput]>([
    ["the host's processes", { namespaces: ["user", "mount", "network", "uts", "ipc"] }],
    ["the host's network", { network: { mode: "host" }, ...userNamespace }],
  ])("has them where it sees %s", async (_, container) => {
    const { kernel } = await hardened(container).expectSameOnBothPaths();
    expect(kernel.state?.maskedPaths).toEqual(usualMasks);
    expect(kernel.state?.readonlyPaths).toEqual([...defaultReadonlyPaths].sort());
    const sysfs = kernel.state?.mounts.filter(({ target }) => target.startsWith("/sys"));
    expect(sysfs?.map(({ options }) => options[0])).toEqual(sysfs?.map(() => "ro"));
  });
});

describe("paths of a config", () => {
  it("take the place of the usual ones", async () => {
    const { kernel } = await hardened({
      maskedPaths: ["/etc/passwd", "/tmp", "/missing", "/etc/passwd/below"],
      readonlyPaths: ["/etc", "/missing/too", "/bin/cat"],
    })
      .withCommand(
        ...sh(
          "cat /etc/passwd; ls /tmp; true >/etc/group; true >/bin/cat; true >/written; ls /written",
        ),
      )
      .expectSameOnBothPaths();
    expect(kernel.state?.maskedPaths).toEqual(["/etc/passwd", "/tmp"]);
    expect(kernel.state?.readonlyPaths).toEqual(["/bin/busybox", "/etc"]);
    expect(kernel.stdout).toBe("/written\n");
    expect(kernel.stderr.match(/Read-only file system/g)).toHaveLength(2);
  });

  it("may be none", async () => {
    const { kernel } = await hardened({ maskedPaths: [], readonlyPaths: [] })
      .withCommand(
        ...sh(
          "busybox head -c 1 /proc/interrupts | busybox od -An -c; true >/proc/sys/kernel/domainname",
        ),
      )
      .expectSameOnBothPaths();
    expect(kernel.state).not.toHaveProperty("maskedPaths");
    expect(kernel.state).not.toHaveProperty("readonlyPaths");
    expect(kernel.stderr).toBe("");
  });

  it("are found in what is mounted there", async () => {
    const { kernel } = await hardened({
      mounts: [
        { destination: "/data", type: "bind", source: "/tmp/data" },
        { destination: "/data/inner", type: "tmpfs" },
        { destination: "/empty", type: "tmpfs" },
        { destination: "/empty/a/b", type: "tmpfs" },
      ],
      maskedPaths: ["/data/secret", "/data/links/here", "/data/inner", "/empty/a", "/empty/c"],
      readonlyPaths: ["/data"],
    })
      .onHost((host) =>
        host.must(
          "sh",
          "-ec",
          "mkdir /tmp/data /tmp/data/dir; echo secret >/tmp/data/secret; ln -s dir /tmp/data/links; mkdir /tmp/data/dir/here; echo x >/tmp/data/dir/here/x",
        ),
      )
      .withCommand(...sh("cat /data/secret; ls /data/dir/here /empty/a; true >/data/new; ls /data"))
      .leaving("/tmp/data")
      .expectSameOnBothPaths();
    expect(kernel.state?.maskedPaths).toEqual([
      "/data/dir/here",
      "/data/inner",
      "/data/secret",
      "/empty/a",
    ]);
    expect(kernel.state?.readonlyPaths).toEqual(["/data"]);
    expect(kernel.stdout).toBe("/data/dir/here:\n\n/empty/a:\ndir\ninner\nlinks\nsecret\n");
    expect(kernel.stderr).toMatch(/can't create \/data\/new: Read-only file system/);
  });

  it("may have any name", async () => {
    const names = ["/it's a $(name)", "/back\\040slash", "/#", "/-o", "/数据"];
    const { kernel } = await hardened({ maskedPaths: names, readonlyPaths: ["/ro dir"] })
      .onHost((host) =>
        host.must(
          "sh",
          "-ec",
          'root=$1; shift; mkdir "$root/ro dir"; for each; do echo x >"$root$each"; done',
          "sh",
          rootfs,
          ...names,
        ),
      )
      .expectSameOnBothPaths();
    expect(kernel.state?.maskedPaths).toEqual([...names].sort());
    expect(kernel.state?.readonlyPaths).toEqual(["/ro dir"]);
  });
});

describe("a root file system that lies", () => {
  it.each([
    ["/proc", "/etc"],
    ["/sys", "../../../../etc"],
    ["/hidden", "/etc"],
    ["/hidden", "../../../../../../etc"],
  ])("%s as a link to %s hides and mounts nothing outside of it", async (link, target) => {
    const { kernel } = await hardened({
      maskedPaths: [`${link}/passwd`, "/proc/interrupts"],
      readonlyPaths: [link],
    })
      .onHost((host) =>
        host.must("sh", "-ec", `rm -rf ${rootfs}${link}; ln -s ${target} ${rootfs}${link}`),
      )
      .withCommand(...sh("ls /etc >/dev/null; echo still"))
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("still\n");
    expect(kernel.left.mounts.filter((each) => each.includes("/etc"))).toEqual([]);
  });

  it.each([
    ["masked_paths", { maskedPaths: ["/circle"] }],
    ["readonly_paths", { readonlyPaths: ["/circle/below"] }],
  ])("a link that leads in a circle is refused by %s", async (step, paths) => {
    const { kernel } = await hardened(paths)
      .onHost((host) => host.must("ln", "-s", "circle", `${rootfs}/circle`))
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125 });
    expect(kernel.stderr).toContain(`error[links-too-many] (${step})`);
  });
});

it("a host whose /dev/null is no such device is refused before anything is done", async () => {
  const { kernel } = await hardened()
    .onHost((host) => host.must("sh", "-ec", "mount --bind /dev/zero /dev/null"))
    .neverRunning()
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ status: 125 });
  expect(kernel.stderr).toContain("error[null-device]");
});
