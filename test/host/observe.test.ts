/** What `observe` tells about processes of which everything is known. */
import { rm, symlink, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { formatState } from "../../src/executor/observe.js";
import type { HostProcess } from "./host-process.js";
import { plainContainer } from "./containers.js";
import { prepare, rootfs, scriptCommand, containerPid } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";

/** Starts a shell that notes its number and becomes the command. */
async function startOnHost(
  host: SimulatedHost,
  command: string,
): Promise<{ pid: number; process: HostProcess }> {
  const process = host.spawn(["sh", "-c", `echo "$$"; exec ${command}`]);
  await process.until(({ stdout }) => stdout.endsWith("\n"));
  const pid = Number(process.stdout);
  // It has become the command when that is the last of its arguments.
  for (;;)
    if ((await host.observe(pid)).process.args.join(" ") === "sleep 1000") return { pid, process };
}

test("a process of the host has no namespaces of its own, and nothing on the host's account", () =>
  withSimulatedHost(async (host) => {
    const { pid } = await startOnHost(host, "sleep 1000");
    expect(await host.observe(pid)).toMatchObject({
      namespaces: [],
      hostname: "simulated-host",
      network: "host",
      process: {
        cwd: expect.stringMatching(/^\//) as string,
        root: "/",
        capabilities: { bounding: "all", effective: "all", permitted: "all", ambient: [] },
        noNewPrivileges: false,
        seccomp: "disabled",
        signals: { blocked: [], ignored: [] },
        limits: {},
      },
      host: { rules: [], ipForward: false, networkNamespaces: [], runDirectory: {} },
    });
    expect((await host.observe(pid)).host).not.toHaveProperty("bridge");
    expect((await host.observe(pid)).host).not.toHaveProperty("veth");
  }));

test("credentials, capabilities, signals, limits and descriptors are told by name", () =>
  withSimulatedHost(async (host) => {
    const { pid } = await startOnHost(
      host,
      "prlimit --nofile=64:64 --core=0:5 env -i --ignore-signal=HUP --block-signal=USR1 A=1 B='two words' " +
        "setpriv --bounding-set=-all,+chown,+bpf --inh-caps=-all --no-new-privs " +
        "--reuid=12 --regid=34 --groups=56,78 env -C /tmp sleep 1000 5</etc/passwd 6>>/tmp/log 7<>/dev/null",
    );
    const state = await host.observe(pid);
    // It shares our pid namespace, where any number may be its.
    expect(state.process).toEqual({
      pid: undefined,
      args: ["sleep", "1000"],
      environment: { A: "1", B: "two words" },
      root: "/",
      cwd: "/tmp",
      user: { uid: 12, gid: 34, groups: [56, 78] },
      umask: "0022",
      capabilities: {
        bounding: ["CAP_CHOWN", "CAP_BPF"],
        effective: [],
        permitted: [],
        inheritable: [],
        ambient: [],
      },
      noNewPrivileges: true,
      seccomp: "disabled",
      signals: { blocked: ["SIGUSR1"], ignored: ["SIGHUP"] },
      limits: { "Max core file size": "0 5", "Max open files": "64 64" },
    });
    // Whoever runs the tests may have left more open.
    expect(state.files.filter(({ descriptor }) => [5, 6, 7].includes(descriptor))).toEqual([
      { descriptor: 5, target: "/etc/passwd", access: "read" },
      { descriptor: 6, target: "/tmp/log", access: "write" },
      { descriptor: 7, target: "/dev/null", access: "read-write" },
    ]);
  }));

test("a container that is only chrooted shows where its root is, and its paths from there", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, {
      ...plainContainer,
      root: { path: rootfs, switch: "chroot" },
      process: { ...plainContainer.process, cwd: "/etc", user: { uid: 1000, gid: 100 } },
    });
    const launcher = host.spawn(scriptCommand(["sh", "-c", "echo ready; exec cat"]));
    await launcher.until(({ stdout }) => stdout === "ready\n");
    const state = await host.observe(await containerPid(host, "box"));
    expect(state.process).toMatchObject({
      ...{ pid: 1, root: rootfs, cwd: "/etc" },
      user: { uid: 1000, gid: 100, groups: [] },
      capabilities: { effective: [], permitted: [] },
    });
    expect(state.mounts.map(({ target, type }) => `${target} ${type}`)).toEqual([
      "/proc proc",
      "/sys sysfs",
      "/tmp tmpfs",
    ]);
    launcher.endInput();
    await launcher.wait();
  }));

test("a container cannot show a file of the host as its resolv.conf, nor make the observer wait", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    await writeFile(host.path("/tmp/secret"), "of the host\n");
    const launcher = host.spawn(scriptCommand(["sh", "-c", "echo ready; exec cat"]));
    await launcher.until(({ stdout }) => stdout === "ready\n");
    const pid = await containerPid(host, "box");
    const file = host.path(`${rootfs}/etc/resolv.conf`);
    for (const target of [
      "/tmp/secret",
      "../../../../../../tmp/secret",
      "/proc/1/root/tmp/secret",
    ]) {
      await symlink(target, file);
      expect(await host.observe(pid)).not.toHaveProperty("resolvConf");
      await rm(file);
    }
    await symlink("/etc/inside", file);
    await writeFile(host.path(`${rootfs}/etc/inside`), "of the container\n");
    expect((await host.observe(pid)).resolvConf).toBe("of the container\n");
    await rm(file);
    await host.must("mkfifo", `${rootfs}/etc/resolv.conf`);
    expect(await host.observe(pid)).not.toHaveProperty("resolvConf");
    launcher.endInput();
    await launcher.wait();
    await expect(host.observe(pid)).rejects.toThrow(/ENOENT|ESRCH/);
  }));

test("a state is told in the same bytes every time", () =>
  withSimulatedHost(async (host) => {
    const { pid } = await startOnHost(host, "sleep 1000");
    const [first, second] = [await host.observe(pid), await host.observe(pid)];
    expect(formatState(first)).toBe(formatState(second));
    expect(formatState(first)).toMatch(/^\{\n {2}"namespaces": \[\],\n {2}"hostname": [^]*\}\n$/);
  }));
