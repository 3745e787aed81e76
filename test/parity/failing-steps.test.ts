import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Plan, plan, type Spec } from "../../src/index.js";
import { goldenCases, readCase } from "../golden/cases.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { repository } from "../host/repository.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { type PathName, preparePath, startPath } from "./paths.js";
import { statusOf } from "./test-container.js";

type Command = readonly string[];

/** What makes one step fail, by its id in the plan of 05-full. */
interface Obstacle {
  /** The code both report. */
  readonly code: string;
  /** Put in the way on the host. */
  readonly onHost?: (host: SimulatedHost) => Promise<unknown>;
  readonly env?: Readonly<Record<string, string>>;
  /** What the launcher is started by; for each path when they call the kernel differently. */
  readonly startedBy?: Command | Readonly<Record<PathName, Command>>;
}

const owner = "/run/cooper/containers/other";

/** A record of a container that runs: that of process 1 of the host. */
async function liveContainer(host: SimulatedHost, directory: string): Promise<void> {
  const statistics = await host.must("cat", "/proc/1/stat");
  const started = statistics.slice(statistics.lastIndexOf(") ") + 2).split(" ")[19];
  await host.writeFile(`${directory}/launcher`, `1 ${started ?? ""}\n`);
}

/** The kernel refuses a system call: the same obstacle for every program that makes it. */
const refusing = (...expressions: string[]): Command => [
  ...(["strace", "-f", "-qq", "-o", "/dev/null"] as const),
  ...expressions.map((each) => each.split(" ")).flat(),
];

const obstacles: Readonly<Record<string, Obstacle>> = {
  name: {
    code: "name-in-use",
    onHost: (host) => liveContainer(host, "/run/cooper/containers/my-container"),
  },
  address: {
    code: "address-exhausted",
    onHost: async (host) => {
      await liveContainer(host, owner);
      for (let last = 2; last < 255; last += 1)
        await host.writeFile(`/run/cooper/networks/container-br0/10.200.1.${last}`, "other\n");
    },
  },
  sysctl: {
    code: "write-failed",
    onHost: async (host) => {
      await host.must("mount", "--bind", "/proc/sys/net/ipv4", "/proc/sys/net/ipv4");
      await host.must("mount", "-o", "remount,bind,ro", "/proc/sys/net/ipv4");
    },
  },
  bridge: {
    code: "command-failed",
    onHost: async (host) => {
      await host.must("ip", "link", "add", "taken", "type", "bridge");
      await host.must("ip", "link", "property", "add", "dev", "taken", "altname", "container-br0");
    },
  },
  nat: {
    code: "command-failed",
    onHost: (host) => host.writeFile("/tmp/tools/iptables-restore", "#!/bin/sh\nexit 4\n", 0o755),
    env: { PATH: "/tmp/tools:/usr/sbin:/usr/bin:/sbin:/bin" },
  },
  network_namespace: {
    code: "netns-in-use",
    onHost: (host) => host.must("ip", "netns", "add", "my-container"),
  },
  veth: {
    code: "command-failed",
    onHost: (host) => host.must("ip", "link", "add", "container-br0", "type", "veth"),
  },
  interfaces: {
    code: "command-failed",
    startedBy: {
      // Nothing else of the script's mounts at / before: ip(8) does in the namespace it configures.
      script: refusing("-P / -e inject=mount:error=EPERM"),
      // The first call is the way back from making the network namespace.
      kernel: refusing("-e inject=setns:error=EPERM:when=2"),
    },
  },
  resolv_conf: {
    code: "write-failed",
    startedBy: refusing(
      "-P /run/cooper/containers/my-container/resolv.conf -e inject=openat:error=ENOSPC",
    ),
  },
  hosts: {
    code: "write-failed",
    startedBy: refusing(
      "-P /run/cooper/containers/my-container/hosts -e inject=openat:error=ENOSPC",
    ),
  },
  cgroup: {
    code: "cgroup-in-use",
    onHost: (host) => host.must("mkdir", "/sys/fs/cgroup/memory/container-my-container"),
  },
  limit_cpu: {
    code: "write-failed",
    startedBy: refusing(
      "-P /sys/fs/cgroup/cpu/container-my-container/cpu.cfs_quota_us -e inject=write:error=EINVAL",
    ),
  },
  limit_memory: {
    code: "write-failed",
    startedBy: refusing(
      "-P /sys/fs/cgroup/memory/container-my-container/memory.memsw.limit_in_bytes -e inject=write:error=EINVAL",
    ),
  },
  start: {
    code: "command-failed",
    onHost: (host) => host.writeFile("/tmp/tools/unshare", "#!/bin/sh\nexit 1\n", 0o755),
    env: { PATH: "/tmp/tools:/usr/sbin:/usr/bin:/sbin:/bin" },
    startedBy: { script: [], kernel: refusing("-P / -e inject=mount:error=EPERM") },
  },
  cgroup_join: {
    code: "write-failed",
    startedBy: refusing(
      "-P /sys/fs/cgroup/cpu/container-my-container/tasks -e inject=openat:error=EACCES",
    ),
  },
  hostname: {
    code: "write-failed",
    startedBy: {
      script: refusing("-P /proc/sys/kernel/hostname -e inject=openat:error=EACCES"),
      kernel: refusing("-e inject=sethostname:error=EPERM"),
    },
  },
  root_mount: {
    code: "command-failed",
    startedBy: {
      script: refusing(`-P ${rootfs} -e inject=open_tree,mount:error=EPERM`),
      kernel: refusing(`-P ${rootfs} -e inject=mount:error=EPERM`),
    },
  },
  ...Object.fromEntries(
    ["proc", "sys", "tmp"].map((directory) => [
      `mount_${directory}`,
      {
        code: "mount-target-kind",
        onHost: async (host: SimulatedHost) => {
          await host.must("rmdir", `${rootfs}/${directory}`);
          await host.writeFile(`${rootfs}/${directory}`, "in the way");
        },
      },
    ]),
  ),
  mount_etc_resolv_conf: {
    code: "mount-target-kind",
    onHost: (host) => host.must("mkdir", `${rootfs}/etc/resolv.conf`),
  },
  mount_etc_hosts: {
    code: "mount-target-kind",
    onHost: (host) => host.must("mkdir", `${rootfs}/etc/hosts`),
  },
  pivot_root: {
    code: "command-failed",
    startedBy: refusing("-e inject=pivot_root:error=EPERM"),
  },
};

let spec: Spec;
let planned: Plan;
beforeAll(async () => {
  const [full] = goldenCases(repository).filter(({ name }) => name === "05-full");
  spec = await readCase(full ?? { name: "", directory: path.join(repository, "golden") });
  planned = plan(spec);
});

interface Failure {
  readonly status: number;
  readonly stderr: string;
  /** The code and the step, as the first message names them. */
  readonly code: string | undefined;
  readonly step: string | undefined;
}

/** Runs a path that is to fail, and checks that it undid everything it had done. */
function failingRun(
  name: PathName,
  { onHost, env = {}, startedBy }: Omit<Obstacle, "code">,
  command: readonly [string, ...string[]] = ["true"],
): Promise<Failure> {
  return withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    await onHost?.(host);
    await preparePath(host, name, spec, "en");
    const before = await host.observeHost();
    const launcher = await startPath(host, name, {
      ...{ parameters: {}, language: "en", command, env, input: "" },
      ...(startedBy === undefined
        ? {}
        : { before: isCommand(startedBy) ? startedBy : startedBy[name] }),
    });
    const ended = await launcher.wait();
    await expectNothingLeft(host, before);
    const message = /error\[([\w-]+)\] \((\w+)\):/.exec(ended.stderr);
    return {
      status: statusOf(ended),
      stderr: ended.stderr,
      code: message?.[1],
      step: message?.[2],
    };
  });
}

const isCommand = (value: Command | Readonly<Record<PathName, Command>>): value is Command =>
  Array.isArray(value);

/** What both say alike: not what a tool says in its own words. */
const alike = ({ status, code, step }: Failure, stepToo: boolean) => ({
  ...{ status, code },
  ...(stepToo ? { step } : {}),
});

describe("a step that fails", () => {
  it.each(Object.entries(obstacles))("%s", async (step, { code, ...obstacle }) => {
    const [script, kernel] = await Promise.all([
      failingRun("script", obstacle),
      failingRun("kernel", obstacle),
    ]);
    for (const each of [script, kernel])
      expect(each, each.stderr).toMatchObject({ status: 125, code, step });
  });

  // From number 15 on the NAT step takes its files while others go on, on the kernel path.
  it.each(Array.from({ length: 18 }, (_, index) => index + 1))(
    "for want of file number %i in the run directory",
    async (files) => {
      const onHost = async (host: SimulatedHost) => {
        await host.must("mkdir", "/run/cooper");
        const options = `mode=755,nr_inodes=${files}`;
        await host.must("mount", "-t", "tmpfs", "-o", options, "tmpfs", "/run/cooper");
      };
      const [script, kernel] = await Promise.all([
        failingRun("script", { onHost }),
        failingRun("kernel", { onHost }),
      ]);
      expect(script).toMatchObject({ status: 125 });
      if (files < 5) expect(script).toMatchObject({ code: "run-directory-unwritable" });
      expect(alike(kernel, files < 15), kernel.stderr).toEqual(alike(script, files < 15));
    },
  );

  const small = ["mount", "-t", "tmpfs", "-o", "size=4096", "tmpfs", "/run/cooper"] as const;
  it.each<[string, string, string, (host: SimulatedHost) => Promise<unknown>]>([
    [
      "is read-only",
      "run-directory-unwritable",
      "read-only file system",
      async (host) => {
        await host.must(...small);
        await host.must("mount", "-o", "remount,ro", "/run/cooper");
      },
    ],
    [
      "is full",
      "write-failed",
      "no space left on device",
      async (host) => {
        await host.must(...small);
        await host.must("dd", "if=/dev/zero", "of=/run/cooper/other", "bs=4096", "count=1");
      },
    ],
  ])("for a run directory that %s", async (_, code, reason, obstruct) => {
    const onHost = async (host: SimulatedHost) => {
      await host.must("mkdir", "/run/cooper");
      await obstruct(host);
    };
    const [script, kernel] = await Promise.all([
      failingRun("script", { onHost }),
      failingRun("kernel", { onHost }),
    ]);
    for (const { stderr, ...each } of [script, kernel]) {
      expect(each).toEqual({ status: 125, code, step: "name" });
      // The message is all there is, behind what the log tells.
      const [last = "", ...others] = stderr.trim().split("\n").reverse();
      expect(last).toContain(reason);
      expect(last).toContain("df -i");
      expect(others.filter((line) => !line.startsWith("["))).toEqual([]);
    }
  });

  it("banner is none: its words may have nowhere to go", async () => {
    const obstacle = { startedBy: ["sh", "-c", 'exec "$@" 2>/dev/full', "sh"] as const };
    for (const name of ["script", "kernel"] as const)
      expect(await failingRun(name, obstacle)).toMatchObject({ status: 0, stderr: "" });
  });

  it("exec, when there is no such command", async () => {
    const [script, kernel] = await Promise.all([
      failingRun("script", {}, ["no-such-command"]),
      failingRun("kernel", {}, ["no-such-command"]),
    ]);
    expect(kernel.status).toBe(127);
    expect(kernel).toEqual(script);
  });

  it("is tried for every step of the plan", () => {
    const tried = [...Object.keys(obstacles), "banner", "exec"];
    expect(tried.sort()).toEqual(planned.steps.map(({ id }) => id).sort());
  });
});
