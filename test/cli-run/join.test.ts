/** A container in another one's network, as the command line starts, lists and cleans it. */
import { describe, expect, test } from "vitest";
import type { CleanedThing, ContainerSummary } from "../../src/index.js";
import { bridgedContainer } from "../host/containers.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, cooperJson, paths, startOn, useCooper } from "./cooper.js";

useCooper();

const sidecar = (mode: string) =>
  cooperCommand(
    ...["run", "-q", "--rootfs", rootfs, "--name", "sidecar", "-e", "PATH=/bin"],
    ...["--network", mode, "--", "sh", "-c", "ip -4 -o address show eth0; exec cat"],
  );

describe.each(paths)("beside a container of the %s path", (way) => {
  test("cooper run --network container:NAME joins it, and cooper ps tells so", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const { launcher } = await startOn(host, way, "exec cat", bridgedContainer);
      const joined = host.spawn(sidecar("container:box"));
      await joined.until(({ stdout }) => stdout.includes("10.200.1.2/24"));
      const listed = (await cooperJson(host, "ps")) as ContainerSummary[];
      expect(listed.map(({ name, joined, address }) => ({ name, joined, address }))).toEqual([
        { name: "box", joined: undefined, address: "10.200.1.2" },
        { name: "sidecar", joined: "box", address: undefined },
      ]);
      const { stdout } = await cooper(host, ["ps"]);
      expect(stdout).toMatch(/^sidecar +running +\d+ +container:box /m);
      // exec joins it, too.
      const inside = ["sh", "-c", "ls /sys/class/net; cat /etc/hosts"];
      const { stdout: seen } = await cooper(host, ["exec", "sidecar", "--", ...inside]);
      expect(seen).toMatch(/^eth0\nlo\n.*10\.200\.1\.2 box\n/s);
      for (const each of [joined, launcher]) {
        each.endInput();
        expect((await each.wait()).exitCode).toBe(0);
      }
    }));

  test("cooper clean unplugs one whose launcher was killed, and lets the other go on", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const { launcher } = await startOn(host, way, "exec cat", bridgedContainer);
      const joined = host.spawn(sidecar("container:box"));
      await joined.until(({ stdout }) => stdout.includes("10.200.1.2/24"));
      await launcher.kill("SIGKILL");
      await launcher.wait();
      const cleaned = (await cooperJson(host, "clean")) as CleanedThing[];
      expect(cleaned).toContainEqual({ type: "veth", target: "veth0ac80102" });
      expect(cleaned).toContainEqual({ type: "namespace", target: "/run/netns/box" });
      expect((await host.observeHost()).network.links.map(({ name }) => name)).toEqual(["lo"]);
      expect(await cooperJson(host, "ps")).toMatchObject([{ name: "sidecar", status: "running" }]);
      joined.endInput();
      expect((await joined.wait()).exitCode).toBe(0);
      await expectNothingLeft(host, before);
    }));
});

test("a network that nobody has is refused in words, and before anything is made", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const before = await host.observeHost();
    const run = (mode: string) => host.run(sidecar(mode));
    for (const [mode, code] of [
      ["container:nobody", "join-missing"],
      ["container:sidecar", "network-own"],
      ["container:../box", "value-type"],
      ["contianer:box", "network-mode"],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(mode);
      expect({ mode, exitCode, stdout }).toEqual({ mode, exitCode: 125, stdout: "" });
      expect(stderr).toContain(`error[${code}]`);
    }
    await expectNothingLeft(host, before);
  }));
