/** What the other commands see and do, for containers of both paths. */
import { describe, expect, test } from "vitest";
import type { CleanedThing, ContainerStats, ContainerSummary } from "../../src/index.js";
import { ownForm } from "../golden/state.js";
import { bridgedContainer, plainContainer } from "../host/containers.js";
import { withDisk } from "../host/disk.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, cooperJson, paths, startOn, useCooper } from "./cooper.js";

useCooper();

const withRootfs = (body: (host: SimulatedHost) => Promise<void>) =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    await body(host);
  });

const stopped = { exitCode: 125, stdout: "" };

describe.each(paths)("a container of the %s path", (way) => {
  test("cooper ps lists it", () =>
    withRootfs(async (host) => {
      expect(await cooperJson(host, "ps")).toEqual([]);
      const { launcher, pid } = await startOn(host, way, "exec cat", bridgedContainer);
      const [found, ...others] = (await cooperJson(host, "ps")) as ContainerSummary[];
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        ...{ name: "box", status: "running", pid, args: ["cat"] },
        address: expect.stringMatching(/^10\.200\.1\.\d+$/) as string,
      });
      const age = Date.now() - new Date(String(found?.started)).getTime();
      expect(age).toBeGreaterThan(-100);
      expect(age).toBeLessThan(20_000);
      const { stdout } = await cooper(host, ["ps", "--lang", "zh"]);
      expect(stdout).toMatch(/^名称 .*\n[─ ]+\nbox +运行中 +\d+ +10\.200\.1\.\d+ .* cat\n$/);
      launcher.endInput();
      await launcher.wait();
      expect(await cooperJson(host, "ps")).toEqual([]);
    }));

  test("cooper exec joins its namespaces, cgroups, root, environment, directory and user", () =>
    withRootfs(async (host) => {
      const process = {
        ...{ args: ["sh"], cwd: "/tmp", user: { uid: 1000, gid: 100 } },
        env: { PATH: "/bin", GREETING: "hello world" },
      };
      const container = { ...bridgedContainer, process };
      const { launcher, pid } = await startOn(host, way, "exec cat", container);
      const own = `id; hostname; pwd; env | grep -v -e SHLVL -e _=; cat /proc/self/cgroup; ulimit -n
        for each in cgroup ipc mnt net pid uts user; do readlink /proc/self/ns/$each; done`;
      const inside = await cooper(host, ["exec", "box", "--", "sh", "-c", own]);
      const outside = await host.must(
        "sh",
        "-c",
        `for each in cgroup ipc mnt net pid uts user; do
        readlink /proc/${pid}/ns/$each; done; cat /proc/${pid}/cgroup`,
      );
      expect(inside).toMatchObject({ exitCode: 0, stderr: "" });
      expect(inside.stdout).toMatch(/^uid=1000 gid=100\nbox\n\/tmp\n/);
      expect(inside.stdout).toContain("GREETING=hello world\n");
      for (const line of outside.trim().split("\n")) expect(inside.stdout).toContain(line);
      // It is seen there, and its status and streams are its own.
      const seen = await cooper(host, ["exec", "box", "--", "sh", "-c", "ps; cat >&2; exit 9"], {
        input: "input",
      });
      expect(seen).toMatchObject({ exitCode: 9, stderr: "input" });
      expect(seen.stdout).toMatch(/^ *1 .* cat$/m);
      launcher.endInput();
      await launcher.wait();
    }));

  test("cooper exec takes no more than the one process that the command is", () =>
    withRootfs(async (host) => {
      const { launcher } = await startOn(host, way, "exec cat", {
        ...plainContainer,
        resources: { pids: { limit: 2 } },
      });
      const { stdout, stderr } = await cooper(host, ["exec", "box", "--", "echo", "one more"]);
      expect({ stdout, stderr }).toEqual({ stdout: "one more\n", stderr: "" });
      launcher.endInput();
      await launcher.wait();
    }));

  test("cooper exec says what is wrong, with the exit status of the script", () =>
    withRootfs(async (host) => {
      const { launcher } = await startOn(host, way, "exec cat");
      const failing = (...args: string[]) => cooper(host, ["exec", ...args]);
      expect(await failing("box", "--", "nope")).toMatchObject({
        exitCode: 127,
        stderr: "cooper: error[command-not-found] (exec): the container has no command nope\n",
      });
      expect(await failing("box", "--", "/etc")).toMatchObject({ exitCode: 126 });
      expect(await failing("box", "--")).toMatchObject(stopped);
      expect(await failing("box")).toMatchObject(stopped);
      expect((await failing("xob", "--", "true")).stderr).toContain("error[container-missing]");
      // A signal to it ends it, and nobody else.
      const sleeping = host.spawn(
        cooperCommand("exec", "box", "--", "sh", "-c", "echo on; exec sleep 99"),
      );
      await sleeping.until(({ stdout }) => stdout === "on\n");
      await sleeping.kill("SIGTERM");
      expect(await sleeping.wait()).toMatchObject({ exitCode: 143 });
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    }));

  test("cooper kill sends signals that do what they do to any process", () =>
    withRootfs(async (host) => {
      const before = await host.observeHost();
      const handler = "trap 'echo caught' USR1; echo set; while :; do sleep 0.05; done";
      const { launcher } = await startOn(host, way, handler, bridgedContainer);
      await launcher.until(({ stdout }) => stdout.endsWith("set\n"));
      expect(await cooper(host, ["kill", "box", "-s", "USR1"])).toMatchObject({ exitCode: 0 });
      await launcher.until(({ stdout }) => stdout.endsWith("caught\n"));
      expect(await cooper(host, ["kill", "box", "--signal", "NOPE"])).toMatchObject({
        exitCode: 1,
      });
      // The kernel would drop it: process 1 has no handler.
      expect(await cooper(host, ["kill", "box"])).toMatchObject({ exitCode: 0, stderr: "" });
      expect((await launcher.wait()).exitCode).toBe(137);
      expect((await cooper(host, ["kill", "box"])).stderr).toContain("error[container-missing]");
      await expectNothingLeft(host, before);
    }));

  test("cooper stats tells what it uses against its limits", () =>
    withRootfs(async (host) => {
      const busy = "cat /bin/busybox /bin/busybox /bin/busybox >/tmp/file; while :; do :; done";
      const { launcher } = await startOn(host, way, busy, {
        ...bridgedContainer,
        resources: { ...bridgedContainer.resources, pids: { limit: 20 } },
      });
      const stats = (await cooperJson(host, "stats", "box")) as ContainerStats;
      expect(stats.cpu.limit).toBe(0.5);
      expect(stats.cpu.used).toBeGreaterThan(0.1);
      expect(stats.cpu.share).toBeGreaterThan(0.2);
      expect(stats.cpu.share).toBeLessThan(1.5);
      expect(stats.cpu.time).toBeGreaterThan(0);
      expect(stats.memory.limit).toBe(64 * 1024 * 1024);
      // The file lies in memory.
      expect(stats.memory.used).toBeGreaterThan(1_000_000);
      expect(stats.memory.share).toBeCloseTo((stats.memory.used ?? 0) / 2 ** 26, 6);
      expect(stats.pids).toEqual({ used: 1, limit: 20, share: 0.05 });
      const { stdout } = await cooper(host, ["stats", "box"]);
      expect(stdout).toMatch(/^CPU +0\.\d\d CPUs +0\.50 CPUs +\d+\.\d %$/m);
      expect(stdout).toMatch(/^memory +\d+\.\d MiB +64\.0 MiB +\d+\.\d %$/m);
      expect(stdout).toMatch(/^processes and threads +1 +20 +5\.0 %$/m);
      await launcher.kill("SIGTERM");
      await launcher.wait();
    }));

  test.each([
    // The kernel counts for the cgroup from the first limit on of that very disk.
    [
      "by its cgroup",
      (disk: string) => ({ blockIO: { throttleReadIOPSDevice: [{ path: disk, rate: 1e6 }] } }),
    ],
    ["by its processes", () => ({})],
  ])("cooper stats tells what it has read from disks and written to them, %s", (_, limits) =>
    withDisk(async ({ host, path: disk, major, minor }) => {
      await host.makeRootfs(rootfs);
      await host.must("mknod", `${rootfs}/disk`, "b", String(major), String(minor));
      const transfer = `dd if=/disk of=/tmp/file bs=64k count=2 iflag=direct
        dd if=/tmp/file of=/disk bs=64k count=1 oflag=direct; echo done; exec cat`;
      const { launcher } = await startOn(host, way, transfer, {
        ...plainContainer,
        resources: limits(disk),
      });
      await launcher.until(({ stdout }) => stdout.endsWith("done\n"));
      const { blockIO } = (await cooperJson(host, "stats", "box")) as ContainerStats;
      expect(blockIO).toEqual({ read: 131_072, written: 65_536 });
      const { stdout } = await cooper(host, ["stats", "box"]);
      expect(stdout).toMatch(/^read from disks +0\.1 MiB$/m);
      launcher.endInput();
      await launcher.wait();
    }),
  );

  test("cooper stats also tells of a disk without a limit where another has one", () =>
    withDisk(async ({ path: limited }) =>
      withDisk(async ({ host, major, minor }) => {
        await host.makeRootfs(rootfs);
        await host.must("mknod", `${rootfs}/disk`, "b", String(major), String(minor));
        const throttleReadIOPSDevice = [{ path: limited, rate: 1e6 }];
        const transfer = `dd if=/disk of=/tmp/file bs=64k count=2 iflag=direct
          dd if=/tmp/file of=/disk bs=64k count=1; echo done; exec cat`;
        const { launcher } = await startOn(host, way, transfer, {
          ...plainContainer,
          resources: { blockIO: { throttleReadIOPSDevice } },
        });
        await launcher.until(({ stdout }) => stdout.endsWith("done\n"));
        const { blockIO } = (await cooperJson(host, "stats", "box")) as ContainerStats;
        expect(blockIO).toEqual({ read: 131_072, written: 65_536 });
        launcher.endInput();
        await launcher.wait();
      }),
    ));

  test("cooper stats needs no cgroup", () =>
    withRootfs(async (host) => {
      const { launcher } = await startOn(host, way, "sleep 99 & exec cat");
      const stats = (await cooperJson(host, "stats", "box")) as ContainerStats;
      expect(stats).toMatchObject({ pids: { used: 2 } });
      expect(stats.memory.used).toBeGreaterThan(0);
      expect(stats.cpu.used).toBeLessThan(0.5);
      expect([stats.cpu.limit, stats.memory.limit, stats.pids.limit]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      launcher.endInput();
      await launcher.wait();
    }));

  test("cooper observe prints what the observer sees", () =>
    withRootfs(async (host) => {
      const { launcher, pid } = await startOn(host, way, "exec cat", bridgedContainer);
      expect(await cooperJson(host, "observe", "box")).toEqual(
        JSON.parse(JSON.stringify(await host.observe(pid))),
      );
      launcher.endInput();
      await launcher.wait();
    }));

  test("cooper clean removes what it left when its launcher was killed", () =>
    withRootfs(async (host) => {
      const before = await host.observeHost();
      expect(await cooperJson(host, "clean")).toEqual([]);
      const { launcher } = await startOn(host, way, "exec cat", bridgedContainer);
      expect(await cooperJson(host, "clean")).toEqual([]);
      await launcher.kill("SIGKILL");
      await launcher.wait();
      expect(await cooperJson(host, "ps")).toMatchObject([{ name: "box", status: "dead" }]);
      const cleaned = (await cooperJson(host, "clean")) as CleanedThing[];
      expect(cleaned.map(({ type }) => type).sort()).toEqual([
        "address",
        "bridge",
        // One for each controller, or one for all.
        ...(ownForm() === "v1" ? ["cgroup", "cgroup"] : ["cgroup"]),
        "mount",
        "namespace",
        "record",
        "rule",
        "rule",
        "rule",
        "sysctl",
      ]);
      await expectNothingLeft(host, before);
      expect((await cooper(host, ["clean"])).stdout).toBe("there is nothing to remove\n");
    }));

  test("cooper clean runs its poststop hooks when its launcher was killed, and everything is gone", () =>
    withRootfs(async (host) => {
      const words = ["it's $HOME", '$(id) "\\ %s', "", "-n\n\t🐳"];
      const { launcher } = await startOn(host, way, "exec cat", {
        ...plainContainer,
        hooks: {
          poststop: [
            ["/bin/cat"],
            ["/bin/ls", "/run/cooper/containers"],
            ["/usr/bin/printf", "[%s]", ...words, "\n"],
            ["/bin/false"],
            ["/bin/echo", "the end"],
          ],
        },
      });
      await launcher.kill("SIGKILL");
      await launcher.wait();
      const { stdout, stderr } = await cooper(host, ["clean", "--lang", "en"]);
      expect(stdout).toContain("removed: record /run/cooper/containers/box\n");
      const [state, ...others] = stderr.split("\n");
      expect(JSON.parse(state ?? "")).toEqual({
        ...{ ociVersion: "1.0.2", id: "box", status: "stopped" },
        bundle: "/run/cooper/containers/box",
      });
      expect(others.join("\n")).toBe(
        `${words.map((each) => `[${each}]`).join("")}[\n]cooper: warning[hook-failed] (poststop): the poststop hook /bin/false failed with exit status 1\nthe end\n`,
      );
      expect((await cooper(host, ["clean"])).stderr).toBe("");
    }));
});

test("cooper clean leaves to a running container what it shares with a dead one", () =>
  withRootfs(async (host) => {
    const before = await host.observeHost();
    const alive = await startOn(host, "bash", "exec cat", { ...bridgedContainer, name: "alive" });
    const dead = await startOn(host, "kernel", "exec cat", { ...bridgedContainer, name: "dead" });
    await dead.launcher.kill("SIGKILL");
    await dead.launcher.wait();
    const { stdout } = await cooper(host, ["clean"]);
    expect(stdout).toMatch(/^removed: network namespace \/run\/netns\/dead$/m);
    expect(stdout).not.toMatch(/bridge|rule|parameter|alive/);
    // The kernel takes the dead one's cable apart a moment later.
    const shared = { ipForward: true, bridge: { up: true, ports: 1 } };
    await expect
      .poll(async () => (await host.observe(alive.pid)).host, { timeout: 5_000 })
      .toMatchObject(shared);
    alive.launcher.endInput();
    expect((await alive.launcher.wait()).exitCode).toBe(0);
    await expectNothingLeft(host, before);
  }));

test.each([
  ["never made", []],
  ["taken away", ["/run/netns"]],
])("cooper clean does without a mount at /run/netns that was %s", (_, directories) =>
  withSimulatedHost(async (host) => {
    const before = await host.observeHost();
    await host.must("mkdir", "-p", "/run/cooper/made", ...directories);
    await host.writeFile("/run/cooper/made/netns", "");
    expect(await cooperJson(host, "clean")).toEqual([{ type: "mount", target: "/run/netns" }]);
    await expectNothingLeft(host, before);
    expect(await host.must("ls", "/run")).not.toContain("netns");
  }),
);

test("cooper clean leaves alone what others made under the same name", () =>
  withRootfs(async (host) => {
    const container = { ...plainContainer, name: "web", network: { mode: "host" } } as const;
    const { launcher } = await startOn(host, "kernel", "exec cat", container);
    await host.must("ip", "netns", "add", "web");
    await launcher.kill("SIGKILL");
    await launcher.wait();
    await cooper(host, ["clean"]);
    expect(await host.must("ip", "netns", "list")).toContain("web");
  }));

test("who is not root has containers of his own, and does not see root's", () =>
  withRootfs(async (host) => {
    const { launcher } = await startOn(host, "kernel", "exec cat", {
      ...plainContainer,
      name: "x",
    });
    const asUser = (...args: readonly string[]) =>
      host.run(["setpriv", "--reuid=1", "--", ...cooperCommand(...args)]);
    for (const args of [
      ["exec", "x", "--", "true"],
      ["kill", "x"],
      ["stats", "x"],
    ] as const) {
      const { stderr, exitCode } = await asUser(...args);
      expect(stderr).toContain("error[container-missing]");
      expect(exitCode).toBe(args[0] === "exec" ? 125 : 1);
    }
    expect(JSON.parse((await asUser("ps", "--json")).stdout)).toEqual([]);
    expect(JSON.parse((await asUser("clean", "--json")).stdout)).toEqual([]);
    expect((await asUser("observe", "x")).stderr).toContain("error[root-only]");
    launcher.endInput();
    await launcher.wait();
  }));
