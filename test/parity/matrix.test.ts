import { describe, expect, it } from "vitest";
import { type ContainerInput, param } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";

type Parts = Omit<ContainerInput, "privileged">;

const bridge = { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" } as const;

const specs: Readonly<Record<string, Parts>> = {
  "the least there is": {},
  "network host": { network: { mode: "host" } },
  "network host with name servers": { network: { mode: "host", dns: ["192.0.2.53"] } },
  "network bridge": { network: bridge },
  "network bridge with two name servers": {
    network: { ...bridge, dns: ["192.0.2.53", "2001:db8::53"] },
  },
  "more hosts by name": { extraHosts: { db: "192.0.2.7", six: "2001:db8::7" } },
  "network host with more hosts": { network: { mode: "host" }, extraHosts: { db: "192.0.2.7" } },
  "a bridged container that knows its own name": {
    hostname: "web",
    network: bridge,
    extraHosts: { db: "192.0.2.7" },
  },
  chroot: { root: { path: rootfs, switch: "chroot" } },
  "a built root file system": { root: { build: { commands: ["sh", "cat"] } } },
  "a built root file system, chroot": {
    root: { build: { commands: ["sh", "cat"] }, switch: "chroot" },
    network: { ...bridge, dns: ["192.0.2.53"] },
  },
  "a CPU limit only": { resources: { cpu: { quota: 20_000, period: 50_000 } } },
  "a memory limit only": { resources: { memory: { limit: "64MiB" } } },
  "as little memory as possible": { resources: { memory: { limit: "6MiB" } } },
  "both limits": { resources: { cpu: { cpus: 0.25 }, memory: { limit: "64MiB" } } },
  "as few processes as possible": { resources: { pids: { limit: 2 } } },
  "some of the CPUs": { resources: { cpuset: { cpus: "0" } } },
  "some of the memory nodes": { resources: { cpuset: { mems: "0" } } },
  "memory and swap": { resources: { memory: { limit: "64MiB", swap: "96MiB" } } },
  "all limits": {
    resources: {
      cpu: { cpus: 0.5 },
      memory: { limit: "64MiB" },
      pids: { limit: 100 },
      cpuset: { cpus: "0", mems: "0" },
    },
  },
  "a host name": { name: "box", hostname: "other-name" },
  "few namespaces": { namespaces: ["mount", "network"] },
  "no pid namespace": { namespaces: ["mount", "uts", "network"], hostname: "box" },
  "another user": { process: { user: { uid: 1000, gid: 1001 } } },
  "another working directory": { process: { cwd: "/etc" } },
  "another user and working directory": {
    process: { cwd: "/tmp", user: { uid: 1000, gid: 1000 } },
    hostname: "box",
    network: bridge,
  },
  "no environment": { process: { env: {} } },
  "an environment without PATH": { process: { env: { A: "1", _b: "two words", EMPTY: "" } } },
  "an environment of hostile strings": {
    process: {
      env: { PATH: "/bin", A: "$(id) `id` \\ \"'", B: "line\nline", C: "汉字 é", LC_ALL: "zh" },
    },
  },
  "more mounts": {
    mounts: [
      { destination: "/proc", type: "proc" },
      { destination: "/tmp", type: "tmpfs" },
      { destination: "/var/lib/deep down", type: "tmpfs" },
      { destination: "/var/lib/deep down/inner", type: "sysfs" },
    ],
  },
  "mounts below mounts": {
    mounts: [
      { destination: "/etc", type: "tmpfs" },
      { destination: "/etc/a/b", type: "tmpfs" },
      { destination: "/etc/a/c", type: "proc" },
      { destination: "/sys", type: "sysfs" },
      { destination: "/sys/fs/cgroup", type: "tmpfs" },
    ],
    network: { ...bridge, dns: ["192.0.2.53"] },
  },
  "no mounts": { mounts: [] },
  "a subnet at its smallest": { network: { ...bridge, subnet: "10.99.0.0/30" } },
};

describe("the same container on both paths", () => {
  it.each(Object.entries(specs))("%s", async (_, spec) => {
    const { kernel } = await testContainer(spec).expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "running\n" });
  });

  it.each(["en", "zh"] as const)("a banner in %s", async (language) => {
    const { kernel } = await testContainer({
      name: "web",
      hostname: "web-1",
      banner: true,
      resources: { cpu: { quota: 12_345 }, memory: { limit: 100_000_000 } },
      network: bridge,
    })
      .withLanguage(language)
      .expectSameOnBothPaths();
    expect(kernel.stderr).toContain("95 MB");
    expect(kernel.stderr).toContain(language === "zh" ? "欢迎" : "Welcome");
  });

  it("a banner of the least there is", async () => {
    const { kernel } = await testContainer({ banner: true }).expectSameOnBothPaths();
    expect(kernel.stderr).toContain("Welcome to container container\n");
  });

  it("parameters, overridden", async () => {
    const name = param.name("CONTAINER_NAME", { default: "unused" });
    const quota = param.integer("CPU_LIMIT", { default: 50_000 });
    const { kernel } = await testContainer({
      name,
      hostname: name,
      root: { path: param.path("ROOTFS", { default: "/nowhere" }) },
      resources: { cpu: { quota }, memory: { limit: param.bytes("MEMORY", { default: "1g" }) } },
      process: { args: ["/bin/echo", param.text("GREETING", { default: "hello" })] },
      banner: true,
    })
      .withParameters({
        CONTAINER_NAME: "given",
        CPU_LIMIT: "25000",
        ROOTFS: "/tmp/given rootfs",
        MEMORY: "48MiB",
        GREETING: 'it\'s "$HOME"',
      })
      .withCommand("sh", "-c", "hostname; pwd")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("given\n/\n");
    expect(kernel.state?.cgroup).toMatchObject({ cpu: { quota: 25_000 } });
  });
});

describe("mount points", () => {
  const mountAt = (destination: string): Parts => ({
    mounts: [
      { destination: "/proc", type: "proc" },
      { destination, type: "tmpfs" },
    ],
  });

  it.each([
    ["through an absolute link", "/link", "/etc"],
    ["through a relative link", "/link", "etc/../tmp"],
    ["through a link that climbs", "/link", "../../../../../tmp"],
    ["below a link to what is missing", "/link/sub", "/not/there"],
  ])("%s stay in the root file system", async (_, destination, target) => {
    const { kernel } = await testContainer(mountAt(destination))
      .onHost((host) => host.must("ln", "-s", target, `${rootfs}/link`))
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(0);
  });

  it("through a dangling link is made where the link leads", async () => {
    const { kernel } = await testContainer(mountAt("/link"))
      .onHost((host) => host.must("ln", "-s", "/made/here", `${rootfs}/link`))
      .expectSameOnBothPaths();
    expect(kernel.state?.mounts).toContainEqual(expect.objectContaining({ target: "/made/here" }));
  });

  it("of /etc/resolv.conf through an absolute link stay in the root file system", async () => {
    const { kernel } = await testContainer({ network: { ...bridge, dns: ["192.0.2.1"] } })
      .onHost((host) =>
        host.must("ln", "-s", "/run/resolver/stub.conf", `${rootfs}/etc/resolv.conf`),
      )
      .expectSameOnBothPaths();
    expect(kernel.state?.resolvConf).toBe("nameserver 192.0.2.1\n");
  });

  it("the hosts are the container's own, and the root file system's are untouched", async () => {
    const { kernel } = await testContainer({
      hostname: "web",
      network: bridge,
      extraHosts: { db: param.text("DATABASE", { default: "192.0.2.1" }), six: "::ffff:192.0.2.9" },
    })
      .withParameters({ DATABASE: "192.0.2.8" })
      .onHost((host) => host.writeFile(`${rootfs}/etc/hosts`, "of the root file system\n"))
      .withCommand("cat", "/etc/hosts")
      .expectSameOnBothPaths();
    const own = ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback"];
    const added = ["192.0.2.8 db", "::ffff:192.0.2.9 six"];
    // The second container of that bridge: the observed one had the first address.
    expect(kernel.stdout).toBe([...own, "10.200.7.3 web", ...added, ""].join("\n"));
    expect(kernel.state?.hosts).toContain("10.200.7.2 web\n");
  });

  it("that are missing are made alike", async () => {
    const { kernel } = await testContainer({ network: { mode: "host", dns: ["192.0.2.1"] } })
      .onHost((host) => host.must("rm", "-r", `${rootfs}/proc`, `${rootfs}/sys`, `${rootfs}/etc`))
      .expectSameOnBothPaths();
    expect(kernel.files).toContain("etc/resolv.conf f 644  0:0");
  });
});

describe("how a command ends", () => {
  const ends: [string, [string, ...string[]], number][] = [
    ["with 0", ["true"], 0],
    ["with 3", ["sh", "-c", "echo out; echo err >&2; exit 3"], 3],
    ["with 125", ["sh", "-c", "exit 125"], 125],
    ["with 255", ["sh", "-c", "exit 255"], 255],
    ["not found in PATH", ["no such command"], 127],
    ["not found at its path", ["/bin/nothing"], 127],
    ["a file taken for a directory", ["/bin/busybox/cat"], 127],
    ["not executable", ["/etc/passwd"], 126],
    ["not executable in PATH", ["plain"], 126],
    ["a directory", ["/etc"], 126],
    ["an empty name", [""], 127],
    ["a link that leads nowhere", ["/bin/dangling"], 127],
    ["a link to an absolute path", ["/opt/true"], 0],
    ["a file of no known format", ["/bin/unknown"], 126],
    ["in the directory of an empty PATH entry", ["./busybox", "true"], 127],
  ];

  it.each(ends)("%s", async (_, command, status) => {
    const { kernel } = await testContainer({ name: "box" })
      .onHost(async (host) => {
        await host.writeFile(`${rootfs}/bin/plain`, "text");
        await host.writeFile(`${rootfs}/bin/unknown`, "\u0001\u0002\u0003", 0o755);
        await host.must("ln", "-s", "/not/there", `${rootfs}/bin/dangling`);
        await host.must("mkdir", `${rootfs}/opt`);
        await host.must("ln", "-s", "/bin/busybox", `${rootfs}/opt/true`);
      })
      .withCommand(...command)
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(status);
  });

  it.each([
    ["KILL", 137],
    ["TERM", 143],
    ["SEGV", 139],
  ])("by signal %s of its own, without a pid namespace", async (signal, status) => {
    const { kernel } = await testContainer({ namespaces: ["mount", "network"] })
      .withCommand("sh", "-c", `kill -${signal} $$`)
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(status);
  });

  it("by a signal from its host", async () => {
    const { kernel } = await testContainer({ network: bridge, resources: { cpu: { cpus: 1 } } })
      .killedBy("SIGKILL")
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(137);
  });

  it.each([
    ["as a script without its interpreter", "#!/no/interpreter\n", 0o755, 127],
    ["as a file that another user may execute", "#!/bin/sh\n", 0o700, 126],
  ])("%s", async (_, content, mode, status) => {
    const { kernel } = await testContainer({ process: { user: { uid: 1000, gid: 1000 } } })
      .onHost((host) => host.writeFile(`${rootfs}/bin/own`, content, mode))
      .withCommand("/bin/own")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(status);
  });

  it.each(["", ":/bin", "/bin:", "/none::/bin"])("found in PATH=%j", async (search) => {
    const { kernel } = await testContainer({ process: { env: { PATH: search }, cwd: "/opt" } })
      .onHost((host) => host.writeFile(`${rootfs}/opt/here`, "#!/bin/sh\nexit 7\n", 0o755))
      .withCommand("here")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(7);
  });

  it("in a working directory that is missing", async () => {
    const { kernel } = await testContainer({ process: { cwd: "/no/where" } })
      .neverRunning()
      .withCommand("true")
      .expectSameOnBothPaths();
    expect(kernel.status).toBe(125);
  });
});

describe("what a command is given", () => {
  it("arguments of hostile strings", async () => {
    const hostile = [
      "a b",
      "",
      "$(id)",
      "`id`",
      "'\"\\",
      "-n",
      "--",
      "*",
      "line\nline",
      "汉",
      "!x",
    ];
    const { kernel } = await testContainer({})
      .withCommand("printf", "<%s>\\n", ...hostile)
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe(hostile.map((each) => `<${each}>\n`).join(""));
  });

  it("standard input, to its last byte", async () => {
    const input = `${"0123456789abcdef\n".repeat(20_000)}no line end`;
    const { kernel } = await testContainer({})
      .withCommand("cat")
      .withInput(input)
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe(input);
  });

  it.each([
    ["a root file system of its own", { root: { path: rootfs } }],
    ["a built one", { root: { build: {} } }],
  ] as const)("%s, readable whatever the umask of the launcher is", async (_, { root }) => {
    const { kernel } = await testContainer({
      root,
      process: { user: { uid: 1000, gid: 1000 } },
      mounts: [{ destination: "/srv/new/place", type: "tmpfs" }],
      network: { mode: "host", dns: ["192.0.2.1"] },
    })
      .startedBy("sh", "-c", 'umask 077; exec "$@"', "sh")
      .withCommand(
        "sh",
        "-c",
        "umask; cat /etc/resolv.conf /etc/passwd; ls -ld /srv/new/place /bin",
      )
      .expectSameOnBothPaths();
    expect(kernel.stdout).toContain("nameserver 192.0.2.1\n");
  });

  it("a built root file system with the same files, scripts and links among its commands", async () => {
    const { kernel } = await testContainer({
      root: { build: { commands: ["sh", "ldd", "python3"] } },
    })
      .withCommand(
        "sh",
        "-c",
        `find /bin /dev /etc /lib* /usr -exec stat -c '%N %f %s %u:%g %t,%T' {} + | sort; python3 --version`,
      )
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/^'\/bin\/python3' -> '\/usr\/bin\/python3\.\d+' /m);
    expect(kernel.stdout).toMatch(/^'?\/usr\/bin\/bash'? /m);
  });

  it("a network as configured", async () => {
    const { kernel } = await testContainer({ network: bridge })
      .withCommand("sh", "-c", "ip -4 addr show eth0 | grep inet; ip route; cat /proc/self/cgroup")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toContain("default via 10.200.7.1");
  });
});
