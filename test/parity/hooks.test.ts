/** Programs of the host that are run at moments of a container's life: the same on both paths. */
import { describe, expect, it } from "vitest";
import { type ContainerInput, param, text } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";
import { expectBoth, hook, state, statesIn, withHooks } from "./with-hooks.js";

describe("hooks", () => {
  it("run in the order of the container's life and of their lists, each with its state", async () => {
    const { kernel } = await withHooks({
      poststop: [[hook, "echo fourth"]],
      poststart: [
        [hook, "echo second"],
        [hook, "echo third"],
      ],
      createRuntime: [[hook, "echo first"]],
    })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(statesIn(kernel.stdout)).toEqual(
      ["creating", "running", "running", "stopped"].map((each) => state(each)),
    );
    expect(kernel.stdout.match(/^(first|second|third|fourth)$/gm)).toEqual([
      ...["first", "second", "third", "fourth"],
    ]);
    expect(kernel.stdout).toContain(
      "in / with umask 0022, PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \ndescriptors: 0 1 10 2 3\n",
    );
  });

  it("have arguments with anything in them, and of parameters", async () => {
    const given = param.text("GIVEN", { default: "it's $HOME" });
    const { kernel } = await withHooks({
      createRuntime: [
        [hook, ":", '$(id) `id` "\\ %s', "", "-n\n\t🐳", text`${given}; echo`, given],
      ],
    })
      .withParameters({ GIVEN: "a'b\"$(id)" })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toContain(
      '[:][$(id) `id` "\\ %s][][-n\n\t🐳][a\'b"$(id); echo][a\'b"$(id)] in /',
    );
  });

  it("leave the container as it is without them", async () => {
    const { kernel } = await testContainer({
      hostname: "box",
      network: { mode: "bridge" },
      resources: { memory: { limit: "64MiB" } },
      hooks: {
        createRuntime: [["/bin/true"]],
        poststart: [["/bin/true"]],
        poststop: [["/bin/true"]],
      },
    }).expectSameOnBothPaths();
    expect(kernel.status).toBe(0);
  });

  it("find the container at the moment that they are for", async () => {
    // The kernel takes the cable away a moment after the network namespace.
    const links =
      "for i in $(seq 200); do ip -o link | grep -q veth || break; sleep 0.02; done; ip -o link";
    const { kernel } = await withHooks(
      {
        createRuntime: [
          [hook, `grep -c ' ${rootfs}/proc proc ' /proc/$pid/mounts; ls /proc/$pid/root/tmp/hooks`],
        ],
        poststart: [
          [hook, "tr '\\0' ' ' </proc/$pid/cmdline; ls /proc/$pid/root/tmp; kill -KILL $pid"],
        ],
        poststop: [[hook, `echo left:; find /run/cooper/containers /run/netns; ${links}`]],
      },
      { network: { mode: "bridge" } },
    )
      .withCommand("sleep", "60")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toContain("\n1\nit's a=hook\nlog\n");
    expect(kernel.stdout).toContain('"bundle":"/run/cooper/containers/container"}\nsleep 60 ');
    expect(kernel.stdout).toMatch(/^left:\n\/run\/cooper\/containers\n1: lo: .*\n$/m);
    expect(kernel.status).toBe(137);
  });

  it("are told of a command that gives up what it is started with", async () => {
    const { kernel } = await withHooks(
      { poststart: [[hook, "tr '\\0' ' ' </proc/$pid/cmdline; kill -KILL $pid"]] },
      { privileged: false, process: { capabilities: { drop: ["ALL"] } } },
    )
      .withCommand("sleep", "60")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/}\nsleep 60 $/m);
  });

  it("may take the lock that containers are started under", async () => {
    const free = "flock -n /run/cooper/lock echo free";
    const { kernel } = await withHooks(
      { createRuntime: [[hook, free]], poststart: [[hook, free]], poststop: [[hook, free]] },
      { privileged: false, uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }] },
    )
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout.match(/^free$/gm)).toHaveLength(3);
  });

  it("run as who starts the container", async () => {
    const { kernel } = await testContainer({
      privileged: false,
      root: {},
      namespaces: ["user", "pid", "mount", "uts", "ipc", "network", "cgroup"],
      network: { mode: "none" },
      hooks: Object.fromEntries(
        ["createRuntime", "createContainer", "startContainer", "poststart", "poststop"].map(
          (list) => [list, [["/bin/sh", "-c", 'id -u; sed \'s/"pid":[0-9]*/"pid":"N"/\'']]],
        ),
      ),
    })
      .asUser(1000)
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(statesIn(kernel.stderr)).toEqual(
      ["creating", "creating", "created", "running", "stopped"].map((each) =>
        state(each, "/tmp/cooper-1000/containers/container"),
      ),
    );
    expect(kernel.stderr.match(/^(0|1000)$/gm)).toEqual(["1000", "0", "0", "1000", "1000"]);
  });
});

const mapped: ContainerInput = {
  privileged: false,
  uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
};

describe("createContainer hooks", () => {
  it("run in the container's namespaces and cgroups, with the host's files", async () => {
    const { kernel } = await withHooks(
      {
        createContainer: [
          [
            hook,
            [
              `echo pid $pid, host $(hostname), interface $(ls /sys/class/net | wc -l), $(ip -o link | grep -c eth0)`,
              "grep -o 'container-container$' /proc/self/cgroup | sort -u",
              `mkdir /tmp/hooks/made; mount -t tmpfs made ${rootfs}/mnt && echo mine >${rootfs}/mnt/file`,
            ].join("; "),
          ],
        ],
        poststart: [[hook, `ls ${rootfs}/mnt; ls -d /tmp/hooks/made`]],
      },
      {
        hostname: "box",
        network: { mode: "bridge" },
        resources: { memory: { limit: "64MiB" } },
      },
    )
      .onHost((host) => host.must("mkdir", "-p", `${rootfs}/mnt`))
      .withCommand("cat", "/mnt/file")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/^mine\n/);
    expect(kernel.stdout).toMatch(/^pid 1, host box, interface \d+, 1\n.*container-container$/m);
    expect(kernel.stdout).toMatch(/"running".*\n\/tmp\/hooks\/made\n/);
    expect(statesIn(kernel.stdout)).toEqual([state("creating"), state("running")]);
  });

  it.each<[string, ContainerInput]>([
    ["a user namespace", mapped],
    ["chroot", { root: { path: rootfs, switch: "chroot" } }],
    ["the pid namespace of the host", { namespaces: ["mount", "uts", "ipc", "network"] }],
    ["the network of the host", { namespaces: ["mount", "pid"], network: { mode: "host" } }],
  ])("go together with %s, and with others", async (_, container) => {
    const { kernel } = await withHooks(
      {
        createRuntime: [[hook, "echo first"]],
        createContainer: [
          [hook, "id; cat /proc/self/uid_map; [ -d /proc/$pid ] && echo second"],
          [hook, "echo third"],
        ],
        poststart: [[hook, "echo fourth"]],
      },
      container,
    )
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout.match(/^(first|second|third|fourth)$/gm)).toEqual([
      ...["first", "second", "third", "fourth"],
    ]);
    expect(kernel.stdout).toMatch(/^uid=0.* gid=0/m);
    expect(kernel.stdout.includes("100000")).toBe(container === mapped);
  });

  it("leave the container as it is without them", async () => {
    for (const more of [{}, mapped]) {
      const { kernel } = await testContainer({
        ...more,
        hooks: { createContainer: [["/bin/true"]] },
      }).expectSameOnBothPaths();
      expect(kernel.status).toBe(0);
    }
  });

  it("may take the lock that containers are started under", async () => {
    const { kernel } = await withHooks({
      createContainer: [[hook, "flock -n /run/cooper/lock echo free"]],
    })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/^free$/m);
  });
});

describe("startContainer hooks", () => {
  /** What they print comes on standard error; the number that the host has for a process differs. */
  const told = `
    id; pwd; umask; env | sort; ulimit -n; echo descriptors: /proc/self/fd/*
    grep -E 'Cap|NoNewPrivs|Seccomp' /proc/self/status
    cat /proc/self/cgroup /proc/self/uid_map /proc/self/oom_score_adj | sed 's/[0-9]*:name=.*//'
    hostname; cat /proc/sys/kernel/cap_last_cap; ls /
    sed 's/"pid":[0-9]\\{2,\\},/"pid":"N",/'
  `;

  it.each<[string, ContainerInput]>([
    ["a privileged container", {}],
    ["one that is restricted", { privileged: false }],
    [
      "another user with its own environment",
      {
        privileged: false,
        process: {
          user: { uid: 1000, gid: 1001, additionalGids: [5, 6], umask: 0o027 },
          env: { PATH: "/bin", GREETING: "it's $HOME" },
          cwd: "/tmp",
          rlimits: [{ type: "RLIMIT_NOFILE", soft: 99, hard: 100 }],
          oomScoreAdj: 500,
        },
      },
    ],
    [
      "one without capabilities",
      { privileged: false, process: { capabilities: { drop: ["ALL"] }, user: { uid: 7 } } },
    ],
    ["a user namespace", { ...mapped, process: { user: { uid: 1000, gid: 1000 } } }],
    ["chroot", { root: { path: rootfs, switch: "chroot" } }],
    ["the pid namespace of the host", { namespaces: ["mount", "uts", "ipc", "network"] }],
    ["limits", { privileged: false, resources: { memory: { limit: "64MiB" } } }],
  ])("run as the command does, in %s", async (_, container) => {
    const spec = { ...container, hostname: "box" };
    const { kernel } = await testContainer({
      ...spec,
      hooks: { startContainer: [["/bin/sh", "-c", told]] },
    })
      .withCommand("/bin/sh", "-c", `exec >&2; ${told}`)
      .neverRunning()
      .expectSameOnBothPaths();
    const [before = "", after = "", ...more] = kernel.stderr.split(/^\{.*\}\n/m);
    expect(more).toEqual([]);
    expect(before).toContain("\nbox\n");
    expect(after).toBe(before);
    expect(kernel.stderr).toMatch(
      /^\{"ociVersion":"1.0.2",.*"status":"created","pid":(1|"N"),.*\}$/m,
    );
  });

  it("come after the others and before poststart", async () => {
    const { kernel } = await withHooks({
      startContainer: [["/bin/sh", "-c", "echo second; sleep 0.2; echo third"], ["/bin/true"]],
      createContainer: [[hook, "echo first >&2"]],
      poststart: [[hook, "echo fourth >&2"]],
    })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stderr).toBe("first\nsecond\nthird\nfourth\n");
  });

  it.each<[number, [string, ...string[]]]>([
    [3, ["/bin/sh", "-c", "exit 3"]],
    [137, ["/bin/sh", "-c", "kill -KILL $$"]],
    [127, ["/no/such"]],
    [126, ["/etc/passwd"]],
  ])("that fail with %i end the start", async (status, startContainer) => {
    const outcomes = await withHooks(
      {
        startContainer: [startContainer],
        poststart: [[hook, "echo too far"]],
        poststop: [[hook, "echo the end"]],
      },
      { privileged: false, network: { mode: "bridge" } },
    )
      .withCommand("echo", "too far")
      .neverRunning()
      .inOtherWords()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      status: 125,
      stdout: expect.stringContaining("the end") as string,
      stderr: expect.stringMatching(
        new RegExp(`error\\[hook-failed\\] \\(start_container\\): .*\\b${status}\\b`),
      ) as string,
    });
    expect(outcomes.kernel.stdout).not.toContain("too far");
  });

  it("leave the container as it is without them", async () => {
    const { kernel } = await testContainer({
      privileged: false,
      hooks: { startContainer: [["/bin/true"]] },
    }).expectSameOnBothPaths();
    expect(kernel.status).toBe(0);
  });
});
