/** What a user without rights does with the containers that he has started himself. */
import { describe, expect, test } from "vitest";
import type { ContainerInput, ContainerStats, ContainerSummary } from "../../src/index.js";
import { plainContainer } from "../host/containers.js";
import type { HostProcess, Outcome } from "../host/host-process.js";
import { rootfs, scriptCommand, writeScript } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, ownTo, paths, plainFlags, useCooper } from "./cooper.js";

useCooper();

const container = {
  ...plainContainer,
  namespaces: ["pid", "mount", "uts", "ipc", "network", "user"],
} satisfies ContainerInput;

const user = 1234;
const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--"] as const;

describe.each(paths)("a container of a user without rights, on the %s path", (way) => {
  const within = (
    command: string,
    body: (
      run: (...args: readonly string[]) => Promise<Outcome>,
      launcher: HostProcess,
      host: SimulatedHost,
    ) => Promise<void>,
  ) =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      await host.writeFile("/tmp/container.json", JSON.stringify(container));
      await writeScript(host, container);
      const line = ["sh", "-c", `echo ready; ${command}`];
      const launcher = host.spawn([
        ...asUser,
        ...(way === "bash"
          ? scriptCommand(line)
          : cooperCommand("run", "-q", "/tmp/container.json", "--", ...line)),
      ]);
      await launcher.until(({ stdout }) => stdout === "ready\n");
      const run = (...args: readonly string[]) => host.run([...asUser, ...cooperCommand(...args)]);
      await body(run, launcher, host);
    });

  test("cooper exec makes the user root in there, as the first process is", () =>
    within("exec cat", async (run, launcher, host) => {
      const inside = await run("exec", "box", "--", "sh", "-c", ownTo("self"));
      expect(inside).toMatchObject({ exitCode: 0, stderr: "" });
      const first = await run("exec", "box", "--", "sh", "-c", ownTo(1));
      expect(inside.stdout).toBe(first.stdout);
      expect(inside.stdout).toMatch(/^Uid:\t0\t0\t0\t0$/m);
      const failing = await run("exec", "box", "--", "nope");
      expect(failing).toMatchObject({ exitCode: 127 });
      // Root of the host knows nothing of it: the containers of a user are his own.
      const { stderr } = await cooper(host, ["exec", "box", "--", "true"]);
      expect(stderr).toContain("error[container-missing]");
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    }));

  test("cooper ps, stats and kill work, and observe says that it is root's", () =>
    within("while :; do :; done", async (run, launcher) => {
      const listed = JSON.parse((await run("ps", "--json")).stdout) as ContainerSummary[];
      expect(listed).toMatchObject([{ name: "box", status: "running" }]);
      const stats = JSON.parse((await run("stats", "box", "--json")).stdout) as ContainerStats;
      expect(stats.cpu.used).toBeGreaterThan(0.2);
      expect(stats.pids.used).toBe(1);
      expect(stats.memory.used).toBeGreaterThan(0);
      for (const language of ["en", "zh"]) {
        const { stderr, exitCode } = await run("observe", "box", "--lang", language);
        expect(stderr).toContain("[root-only]");
        expect(exitCode).toBe(1);
      }
      expect(await run("kill", "box")).toMatchObject({ exitCode: 0, stderr: "" });
      expect((await launcher.wait()).exitCode).toBe(137);
      expect((await run("ps", "--json")).stdout).toBe("[]\n");
    }));

  test("cooper clean removes what a launcher that was killed has left", () =>
    within("exec cat", async (run, launcher, host) => {
      await launcher.kill("SIGKILL");
      await launcher.wait();
      expect((await cooper(host, ["clean"])).stdout).toBe("there is nothing to remove\n");
      const directory = `/tmp/cooper-${user}/containers`;
      expect((await run("clean")).stdout).toBe(`removed: record ${directory}/box\n`);
      expect(await host.must("ls", directory)).toBe("");
    }));
});

test("flags say which ids of the host a container has", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const show = ["cat", "/proc/self/uid_map", "/proc/self/gid_map"];
    const flags = [...plainFlags, "--uidmap", "0:200000:10", "--uidmap", "10:5"];
    const run = cooperCommand("run", "-q", ...flags, "--gidmap", "0:300000:7", "--", ...show);
    const lines = (await host.must(...run)).trim().split("\n");
    expect(lines.map((line) => line.trim().split(/ +/).join(":"))).toEqual([
      "0:200000:10",
      "10:5:1",
      "0:300000:7",
    ]);
    const wrong = await cooper(host, ["run", ...plainFlags, "--uidmap", "1:200000", "--", "true"]);
    expect(wrong).toMatchObject({ exitCode: 125, stdout: "" });
    expect(wrong.stderr).toContain("error[id-mapping-root]");
  }));

test("a user has a container from flags alone, with a user namespace of its own", () =>
  withSimulatedHost(async (host) => {
    const words = cooperCommand(
      ...["run", "-q", "--network", "none", "--userns", "private", "--", "sh", "-c"],
      "id -u; cat /proc/self/uid_map",
    );
    const id = String(user);
    const { stdout, stderr } = await host.run([
      ...(["setpriv", `--reuid=${id}`, `--regid=${id}`, "--clear-groups", "--"] as const),
      ...words,
    ]);
    expect(stderr).toBe("");
    expect(stdout.trim().split(/\s+/)).toEqual(["0", "0", id, "1"]);
    const asRoot = await host.must(
      ...cooperCommand("run", "-q", "--userns", "private", "--", "cat", "/proc/self/uid_map"),
    );
    expect(asRoot.trim().split(/\s+/)).toEqual(["0", "100000", "65536"]);
  }));
