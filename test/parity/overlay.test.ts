/** A root file system of layers: the same on both paths. */
import { describe, expect, it } from "vitest";
import { type ContainerInput, param } from "../../src/index.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { type TestContainer, testContainer } from "./test-container.js";

const base = "/tmp/base";
const top = "/tmp/top";
const kept = "/tmp/kept";
const user = 1234;
const mappings = [{ containerID: 0, hostID: 100_000, size: 65_536 }];
const bridge = { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" } as const;

type Root = NonNullable<ContainerInput["root"]>;

/** What the upper layer does to the lower one. */
const makeTop = `
  mkdir -p ${top}/etc ${top}/srv/links ${kept}
  echo top >${top}/etc/motd
  ln -s ../../tmp ${top}/srv/links/up
  ln -s /not/there ${top}/srv/links/dangling`;

async function makeLayers(host: SimulatedHost): Promise<void> {
  await host.makeRootfs(base);
  await host.must("sh", "-ec", makeTop);
}

/** A container of two layers; what becomes of them is compared. */
const layered = ({ root, ...input }: ContainerInput = {}): TestContainer =>
  testContainer({ ...input, root: { layers: [base, top], ...root } })
    .onHost(makeLayers)
    .leaving(base, top, kept);

const containers: Readonly<Record<string, ContainerInput>> = {
  "the least there is": {},
  "a single layer": { root: { layers: [top] } },
  "not privileged": { privileged: false },
  "behind chroot": { root: { switch: "chroot" } },
  "behind chroot, not privileged": { privileged: false, root: { switch: "chroot" } },
  kept: { root: { overlay: { path: kept } } },
  "with files and name servers of its own": {
    hostname: "box",
    network: { ...bridge, dns: ["192.0.2.53"] },
    extraHosts: { db: "192.0.2.7" },
    files: [{ path: "/srv/new/page", content: "hello" }],
  },
  "mounts below what is in one layer only": {
    privileged: false,
    mounts: [
      { destination: "/proc", type: "proc" },
      { destination: "/srv/links/up/a", type: "tmpfs" },
      { destination: "/srv/links/dangling/b", type: "tmpfs" },
      { destination: "/srv/links/up/a/c", type: "tmpfs" },
      { destination: "/var/lib/d", type: "bind", source: top },
    ],
  },
};

const mapped: Readonly<Record<string, ContainerInput>> = {
  privileged: {},
  "not privileged": { privileged: false },
  kept: { root: { overlay: { path: kept } } },
  "kept and not privileged": { privileged: false, root: { overlay: { path: kept } } },
};

const change = ["sh", "-c", "cat /etc/motd; echo changed >/etc/motd; cat /etc/motd"] as const;

describe("a container of layers", () => {
  it.each(Object.entries(containers))("%s", async (_, container) => {
    const { kernel } = await layered(container)
      .onHost((host) => host.must("cp", "-r", `${base}/bin`, top))
      .withCommand(...change)
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "top\nchanged\n" });
  });

  it.each(Object.entries(mapped))("in a user namespace: %s", async (_, container) => {
    const { kernel } = await layered({ uidMappings: mappings, ...container })
      .onHost((host) => host.must("chown", "-R", "100000:100000", base, top))
      .withCommand(...change)
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "top\nchanged\n" });
  });

  it("of a user without rights", async () => {
    const { kernel } = await testContainer({
      namespaces: ["user", "pid", "mount", "uts", "ipc", "network"],
      root: { layers: [base, top], overlay: { path: kept } },
    })
      .onHost(makeLayers)
      .onHost((host) => host.must("chown", "-R", `${user}:${user}`, base, top, kept))
      .asUser(user)
      .leaving(base, top, `${kept}/upper`)
      .withCommand("sh", "-c", "rm -r /etc; mkdir /etc; echo mine >/etc/motd; ls /etc")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("motd\n");
    expect(kernel.files).toContain(`${kept}/upper/etc/motd f 644  ${user}:${user}`);
  });

  it("whatever the paths are, also as parameters", async () => {
    const hostile = ["/tmp/a,b:c\\d", '/tmp/it\'s "$(id)" *', "/tmp/-汉 ,upperdir=x"] as const;
    const { kernel } = await testContainer({
      root: {
        layers: [hostile[0], param.path("TOP", { default: "/nowhere" })],
        overlay: { path: param.path("KEPT", { default: "/nowhere" }) },
      },
    })
      .withParameters({ TOP: hostile[1], KEPT: hostile[2] })
      .onHost(async (host) => {
        await host.makeRootfs(hostile[0]);
        await host.must("mkdir", "-p", "--", `${hostile[1]}/etc`, hostile[2]);
        await host.writeFile(`${hostile[1]}/etc/motd`, "top\n");
      })
      .leaving(...hostile)
      .withCommand("sh", "-c", "cat /etc/motd; echo changed >/etc/motd")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("top\n");
    expect(kernel.files).toContain(`${hostile[2]}/upper/etc/motd f 644  0:0`);
  });

  it("as many as there may be", async () => {
    const layers = Array.from({ length: 63 }, (_, index) => `/tmp/layers/${String(index)}`);
    const { kernel } = await testContainer({ root: { layers: [base, ...layers] } })
      .onHost(async (host) => {
        await host.makeRootfs(base);
        for (const layer of layers) await host.writeFile(`${layer}/top`, `${layer}\n`);
      })
      .withCommand("cat", "/top")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe(`${layers.at(-1) ?? ""}\n`);
  });

  it("that is read-only cannot be written to", async () => {
    const { kernel } = await layered({ root: { readonly: true } })
      .withCommand("sh", "-c", "echo >/new || echo >/etc/motd || echo >/tmp/new && echo done")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "done\n" });
  });

  it("uses memory of its own for what it writes", async () => {
    const { kernel } = await layered({ resources: { memory: { limit: "16MiB" } } })
      .withCommand("sh", "-c", "dd if=/dev/zero of=/big bs=1M count=64 || echo killed")
      .onHost((host) => host.must("mknod", "-m", "666", `${base}/dev/zero`, "c", "1", "5"))
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("killed\n");
  });
});

/** Replaces the directory by another one as the kernel does: what was in there is hidden. */
const replace = `
  mkdir /tmp/merged /tmp/work
  mount -t overlay -o lowerdir=${base},upperdir=${top},workdir=/tmp/work overlay /tmp/merged
  rm -r /tmp/merged/opt
  mkdir /tmp/merged/opt
  umount /tmp/merged`;

describe("what a layer hides", () => {
  it.each([
    ["a whiteout", `mknod ${top}/opt c 0 0`],
    ["a file in the way", `echo >${top}/opt`],
    ["an opaque directory", replace],
  ])("is neither masked nor protected: %s", async (_, hide) => {
    const { kernel } = await layered({
      privileged: false,
      maskedPaths: ["/opt/secret", "/opt/file"],
      readonlyPaths: ["/opt/secret"],
    })
      .onHost((host) => host.must("mkdir", "-p", `${base}/opt/secret`))
      .onHost((host) => host.writeFile(`${base}/opt/file`, "secret"))
      .onHost((host) => host.must("sh", "-ec", hide))
      .withCommand("sh", "-c", "ls /opt/secret /opt/file 2>/dev/null || echo nothing")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "nothing\n", stderr: "" });
  });

  it.each([
    ["a whiteout", `mknod ${top}/opt c 0 0`],
    ["an opaque directory", replace],
  ])("is not where something is mounted: %s", async (_, hide) => {
    const { kernel } = await layered({ mounts: [{ destination: "/opt/link/a", type: "tmpfs" }] })
      .onHost((host) => host.must("mkdir", "-p", `${base}/opt`))
      .onHost((host) => host.must("ln", "-s", "/etc", `${base}/opt/link`))
      .onHost((host) => host.must("sh", "-ec", hide))
      .withCommand("sh", "-c", "ls -d /etc/a 2>/dev/null || ls -d /opt/link/a")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("/opt/link/a\n");
  });
});

describe("it is refused", () => {
  const refused: [string, string, Root][] = [
    ["a missing layer", "layer-missing", { layers: [base, "/tmp/none"] }],
    ["a layer that is a file", "layer-missing", { layers: [`${base}/etc/passwd`] }],
    ["a missing directory to keep", "layer-missing", { overlay: { path: "/tmp/none" } }],
    ["the host's root", "rootfs-is-host", { layers: ["/tmp/to-the-host", base] }],
    ["a layer in another", "layers-overlap", { layers: [base, `${base}/etc`] }],
    ["a layer around another", "layers-overlap", { layers: [`${base}/etc`, base] }],
    ["a layer given twice", "layers-overlap", { layers: [top, "/tmp/to-the-top"] }],
    ["a kept layer in another", "layers-overlap", { overlay: { path: `${top}/srv` } }],
  ];
  it("a layer that its user may not enter", async () => {
    const { kernel } = await layered({ namespaces: ["user", "mount", "network"] })
      .onHost((host) => host.must("chmod", "700", top))
      .asUser(user)
      .neverRunning()
      .withCommand("true")
      .expectSameOnBothPaths();
    expect(kernel.stderr).toContain(`[layer-missing]`);
  });

  it("a kept layer on a file system that an overlay cannot write to", async () => {
    const { kernel } = await layered({ root: { overlay: { path: kept } } })
      .onHost((host) =>
        host.must("sh", "-ec", `mount -t overlay -o lowerdir=${top}:${base} overlay ${kept}`),
      )
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(125);
    expect(kernel.stderr).toContain("[layer-file-system]");
    expect(kernel.stderr).toContain("(overlayfs)");
  });

  it("a writable layer whose parts lie on two file systems, and nothing is left of it", async () => {
    const { kernel } = await layered({ root: { overlay: { path: kept } } })
      .onHost((host) => host.must("ln", "-s", "/run", `${kept}/work`))
      .withCommand("true")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(125);
    expect(kernel.stderr).toContain("[command-failed] (overlay)");
    const left = ["containers/", "lock", "made/"];
    expect(Object.keys(kernel.left.runDirectory)).toEqual(left);
  });

  it.each(refused)("%s", async (_, code, root) => {
    const { kernel } = await layered({ root })
      .onHost((host) => host.must("ln", "-s", "/", "/tmp/to-the-host"))
      .onHost((host) => host.must("ln", "-s", top, "/tmp/to-the-top"))
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(125);
    expect(kernel.stderr).toContain(`[${code}]`);
    expect(kernel.left.runDirectory).toEqual({});
  });
});
