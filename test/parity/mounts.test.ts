/** Bind mounts, tmpfs and volumes: the same on both paths. */
import { describe, expect, it } from "vitest";
import { type ContainerInput, param, text } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { testContainer } from "./test-container.js";

type Mounts = NonNullable<ContainerInput["mounts"]>;

type Source = Extract<Mounts[number], { type: "bind" }>["source"];

const proc = { destination: "/proc", type: "proc" } as const;

/** Volumes lie below /var/lib, which a simulated host shares with this machine. */
const ownVolumes = (host: SimulatedHost) => host.must("mount", "-t", "tmpfs", "tmpfs", "/var/lib");

const bind = (source: Source, destination: string, ...options: string[]) =>
  ({ destination, type: "bind", source, options }) as const;

/** A directory with a file, and a file system mounted below it. */
async function makeData(host: SimulatedHost): Promise<void> {
  await host.writeFile("/tmp/data/file", "of the host\n");
  await host.must("mkdir", "/tmp/data/below");
  await host.must("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", "/tmp/data/below");
  await host.writeFile("/tmp/data/below/deep", "deep\n");
}

const withMounts = (...mounts: Mounts) =>
  testContainer({ mounts: [proc, ...mounts] }).onHost(makeData);

/** Prints what works and what does not. */
const tryAll = (...commands: string[]) =>
  ["sh", "-c", commands.map((each) => `${each} 2>/dev/null && echo yes || echo no`).join("; ")] as [
    string,
    ...string[],
  ];

describe("a bind mount", () => {
  it("shows the host's own files, which the container may change", async () => {
    const { kernel } = await withMounts(bind("/tmp/data", "/data"))
      .withCommand("sh", "-c", "cat /data/file; echo changed >/data/new; ls /data/below")
      .leaving("/tmp/data")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\n");
    expect(kernel.files).toContain("/tmp/data/new f 644  0:0");
  });

  it("is read-only when it says so", async () => {
    const { kernel } = await withMounts(bind("/tmp/data", "/data", "ro"))
      .withCommand(
        ...tryAll("touch /data/file", "rm /data/file", "mkdir /data/a", "cat /data/file"),
      )
      .leaving("/tmp/data")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("no\nno\nno\nof the host\nyes\n");
  });

  it.each([
    ["rbind brings what is mounted below, which stays writable", ["rbind", "ro"], "yes"],
    ["rro makes all of it read-only", ["rbind", "rro"], "no"],
    ["rro and rw leaves only what is below read-only", ["rbind", "rro", "rw"], "no"],
  ])("%s", async (_, options, writable) => {
    const { kernel } = await withMounts(bind("/tmp/data", "/data", ...options))
      .withCommand(...tryAll("cat /data/below/deep", "touch /data/below/new"))
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe(`deep\nyes\n${writable}\n`);
  });

  it("has its options, for itself and for the mounts below", async () => {
    const options = [
      ["nosuid", "nodev", "noexec"],
      ["noatime", "nodiratime", "nosymfollow"],
      ["strictatime", "ro"],
      ["rbind", "rnosuid", "rnoatime", "exec"],
      ["rbind", "rexec", "rsuid", "noexec"],
      ["bind", "private"],
    ];
    const mounts = options.map((each, index) => bind("/tmp/data", `/data ${index}`, ...each));
    const { kernel } = await withMounts(...mounts).expectSameOnBothPaths();
    const found = (target: string) =>
      kernel.state?.mounts.find((each) => each.target === target)?.options.join(",");
    expect(found("/data 0")).toBe("rw,nosuid,nodev,noexec,relatime");
    expect(found("/data 3")).toBe("rw,nosuid,noatime");
    expect(found("/data 3/below")).toBe("rw,nosuid,noexec,noatime");
    expect(found("/data 4")).toBe("rw,relatime");
    expect(found("/data 4/below")).toBe("rw,relatime");
  });

  it("keeps the options of the file system it shows", async () => {
    const { kernel } = await withMounts(
      bind("/tmp/data/below", "/data", "ro"),
    ).expectSameOnBothPaths();
    const mounted = kernel.state?.mounts.find(({ target }) => target === "/data");
    expect(mounted?.options).toEqual(["ro", "noexec", "relatime"]);
  });

  it("may be of one file, over one that is there or that is not", async () => {
    const { kernel } = await withMounts(
      bind("/tmp/data/file", "/etc/passwd"),
      bind("/tmp/data/file", "/opt/new/file", "ro"),
    )
      .withCommand("cat", "/etc/passwd", "/opt/new/file")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\nof the host\n");
    expect(kernel.files).toContain("opt/new/file f 644  0:0");
  });

  it("takes its source from a parameter", async () => {
    const { kernel } = await withMounts(
      bind(text`${param.path("DATA", { default: "/nowhere" })}/file`, "/data"),
    )
      .withParameters({ DATA: "/tmp/data" })
      .withCommand("cat", "/data")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\n");
  });

  it("takes its source and its place through symbolic links, which stay in the root", async () => {
    const { kernel } = await withMounts(bind("/tmp/link", "/out/data"))
      .onHost(async (host) => {
        await host.must("ln", "-s", "/tmp/data", "/tmp/link");
        await host.must("ln", "-s", "../../../../tmp/data", `${rootfs}/out`);
      })
      .withCommand("cat", "/tmp/data/data/file")
      .leaving("/tmp/data")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\n");
  });

  it("may have a hostile path", async () => {
    const hostile = ['/tmp/it\'s $(here) `id` "\\n"', "/tmp/-n", "/tmp/a:b,c\\d", "/tmp/数据 é"];
    const { kernel } = await withMounts(
      ...hostile.flatMap((each) => [
        bind(each, `${each}/x`, "rro"),
        bind(`${each}/file`, `${each}2`),
      ]),
    )
      .onHost(async (host) => {
        for (const each of hostile) await host.writeFile(`${each}/file`, "hostile\n");
      })
      .withCommand("cat", ...hostile.flatMap((each) => [`${each}/x/file`, `${each}2`]))
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("hostile\n".repeat(2 * hostile.length));
  });
});

describe("mounts inside mounts", () => {
  it("are made where the outer one has no place for them", async () => {
    const { kernel } = await withMounts(
      { destination: "/run", type: "tmpfs" },
      bind("/tmp/data/file", "/run/a/file"),
      bind("/tmp/data", "/run/a/data"),
      { destination: "/run/a/data/cache", type: "tmpfs" },
    )
      .withCommand("sh", "-c", "cat /run/a/file; ls /run/a/data")
      .leaving("/tmp/data")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\nbelow\ncache\nfile\n");
  });

  it("are found through a link to the outer one", async () => {
    const { kernel } = await withMounts(
      { destination: "/run", type: "tmpfs" },
      bind("/tmp/data/file", "/var/run/socket"),
    )
      .onHost(async (host) => {
        await host.must("mkdir", `${rootfs}/var`);
        await host.must("ln", "-s", "/run", `${rootfs}/var/run`);
      })
      .withCommand("cat", "/run/socket")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("of the host\n");
  });

  it("do not follow a link of a bind mount out of the container", async () => {
    const { kernel } = await withMounts(bind("/tmp/data", "/data"), {
      destination: "/data/out/new",
      type: "tmpfs",
    })
      .onHost(async (host) => {
        await host.must("mkdir", "/tmp/outside");
        await host.must("ln", "-s", "/tmp/outside", "/tmp/data/out");
        await host.must("mkdir", `${rootfs}/tmp/outside`);
      })
      .leaving("/tmp/outside")
      .expectSameOnBothPaths();
    expect(kernel.files).not.toContainEqual(expect.stringMatching("^/tmp/outside/new"));
    expect(kernel.files).toContain("tmp/outside/new d 755  0:0");
  });

  it("fail alike where nothing can be made", async () => {
    for (const destination of ["/proc/none", "/sys/none"]) {
      const { kernel } = await withMounts(
        { destination: "/sys", type: "sysfs" },
        { destination, type: "tmpfs" },
      )
        .neverRunning()
        .inOtherWords()
        .expectSameOnBothPaths();
      expect(kernel.status).toBe(125);
    }
  });
});

describe("a root file system that is read-only and lacks a mount point", () => {
  it("is called so", async () => {
    const { kernel, script } = await withMounts({ destination: "/none", type: "tmpfs" })
      .onHost(async (host) => {
        await host.must("mount", "--bind", rootfs, rootfs);
        await host.must("mount", "--options", "remount,bind,ro", rootfs);
      })
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    for (const { status, stderr } of [kernel, script]) {
      expect(status).toBe(125);
      expect(stderr).toMatch(/read-only file system/i);
    }
  });
});

describe("a source that is missing", () => {
  it("is told before anything is changed", async () => {
    const { kernel, script } = await testContainer({
      name: "box",
      network: { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" },
      mounts: [proc, bind("/tmp/none", "/data"), bind("/tmp/dangling", "/data2")],
    })
      .onHost((host) => host.must("ln", "-s", "/tmp/none", "/tmp/dangling"))
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    for (const each of [kernel, script]) {
      expect(each.status).toBe(125);
      expect(each.stderr).toMatch(/error\[mount-source-missing\].*\/tmp\/none/);
    }
    expect(kernel.left.runDirectory).toEqual({});
    expect(kernel.files).not.toContainEqual(expect.stringContaining("data"));
  });
});

it("a tmpfs has its options", async () => {
  const cases = [
    [["size=1m", "mode=0700"], "rw,nosuid,nodev,relatime rw,size=1024k,mode=700"],
    [["uid=5", "gid=6", "nr_inodes=5"], "rw,nosuid,nodev,relatime rw,uid=5,gid=6"],
    [["ro", "exec", "dev", "suid"], "ro,relatime ro"],
    [["noexec", "noatime", "nosymfollow"], "rw,nosuid,nodev,noexec,noatime,nosymfollow rw"],
    [["size=50%", "rw", "private"], "rw,nosuid,nodev,relatime rw,size="],
  ] as const;
  const { kernel } = await withMounts(
    ...cases.map(([options], index) => ({
      ...{ destination: `/cache${index}`, type: "tmpfs" as const },
      options: [...options],
    })),
  ).expectSameOnBothPaths();
  for (const [index, [, expected]] of cases.entries()) {
    const found = kernel.state?.mounts.find(({ target }) => target === `/cache${index}`);
    expect(`${String(found?.options)} ${String(found?.superOptions)}`).toContain(expected);
  }
});

describe("a volume", () => {
  const spec = {
    mounts: [proc, { destination: "/data", type: "volume", source: "db" }],
  } as const satisfies Partial<ContainerInput>;

  it("is made, and stays with what is in it", async () => {
    const { kernel } = await testContainer(spec)
      .onHost(ownVolumes)
      .withCommand("sh", "-c", "echo kept >/data/file; ls -l /data")
      .leaving("/var/lib/cooper")
      .expectSameOnBothPaths();
    expect(kernel.files.filter((each) => each.startsWith("/var"))).toEqual([
      "/var/lib/cooper d 755  0:0",
      "/var/lib/cooper/volumes d 700  0:0",
      "/var/lib/cooper/volumes/db d 755  0:0",
      "/var/lib/cooper/volumes/db/file f 644  0:0",
    ]);
  });

  it("is found again, may be read-only and named by a parameter", async () => {
    const source = param.name("VOLUME", { default: "none" });
    const { kernel } = await testContainer({
      mounts: [proc, { destination: "/data", type: "volume", source, options: ["ro"] }],
    })
      .withParameters({ VOLUME: "db" })
      .onHost(async (host) => {
        await ownVolumes(host);
        await host.writeFile("/var/lib/cooper/volumes/db/file", "kept\n");
      })
      .withCommand(...tryAll("cat /data/file", "touch /data/new"))
      .leaving("/var/lib/cooper")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("kept\nyes\nno\n");
  });
});
