/** What `cooper doctor` finds, and that its commands mend it. */
import { describe, expect, test } from "vitest";
import { bridgedContainer, plainContainer } from "../host/containers.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { chinese } from "../support/chinese.js";
import { cooper, cooperCommand, paths, startOn, useCooper } from "./cooper.js";

useCooper();

interface Found {
  readonly code: string;
  readonly status: "ok" | "warning" | "problem";
  readonly fix?: readonly string[];
}

async function examine(host: SimulatedHost, ...args: readonly string[]): Promise<Found[]> {
  const { stdout, stderr } = await cooper(host, ["doctor", "--json", ...args]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Found[];
}

const problems = (found: readonly Found[]) =>
  found.filter(({ status }) => status === "problem").map(({ code }) => code);

/** What may go wrong with a running container, by what is found then. */
const damages: readonly (readonly [string, string])[] = [
  ["forwarding-off", "sysctl -qw net.ipv4.ip_forward=0"],
  ["rule-missing", "iptables -t nat -F POSTROUTING"],
  ["rule-missing", "iptables -F FORWARD"],
  ["bridge-down", "ip link set test-br0 down"],
  ["cable-unplugged", 'ip link set "$(ls /sys/class/net | grep ^veth)" nomaster'],
  ["cable-down", 'ip link set "$(ls /sys/class/net | grep ^veth)" down'],
  ["route-missing", "ip -n box route del default"],
  ["link-down", "ip -n box link set eth0 down"],
  [
    "limits-elsewhere",
    'for group in /sys/fs/cgroup/memory /sys/fs/cgroup/host; do if [ -d "$group" ]; then cat /run/cooper/containers/box/pid >"$group/cgroup.procs"; break; fi; done',
  ],
];

describe.each(paths)("a container of the %s path", (way) => {
  test("has no problem, until something is broken; then the commands mend it", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const { launcher } = await startOn(host, way, "exec cat", bridgedContainer);
      const healthy = await examine(host, "box");
      expect(problems(healthy)).toEqual([]);
      expect(healthy.map(({ code }) => code)).toEqual([
        ...["running", "address", "route", "bridge", "rules", "name-servers", "limits"],
      ]);
      for (const [code, damage] of damages) {
        await host.must("sh", "-c", damage);
        const found = await examine(host, "box");
        expect(problems(found), damage).toContain(code);
        const mended = await cooper(host, ["doctor", "box", "--fix", "--yes"]);
        expect(mended, damage).toMatchObject({ exitCode: 0, stderr: "" });
        expect(await examine(host, "box"), damage).toEqual(healthy);
      }
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
      // What was mended is not taken for somebody else's.
      expect(await host.must("iptables-save")).not.toContain("cooper:");
    }));
});

test("without --yes nothing is changed", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    await startOn(host, "kernel", "exec cat", bridgedContainer);
    await host.must("sysctl", "-qw", "net.ipv4.ip_forward=0");
    expect(await cooper(host, ["doctor", "box", "--fix"])).toMatchObject({
      exitCode: 1,
      stdout: "sysctl -qw net.ipv4.ip_forward=1\n",
    });
    expect(await host.must("sysctl", "-n", "net.ipv4.ip_forward")).toBe("0\n");
    const { stdout } = await cooper(host, ["doctor", "box", "--lang", "en"]);
    expect(stdout).toContain("\n    mend it: sysctl -qw net.ipv4.ip_forward=1\n");
  }));

test("a name server that is the container itself is a problem, and none is a warning", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const network = { ...bridgedContainer.network, dns: ["127.0.0.53"] };
    await startOn(host, "kernel", "exec cat", { ...bridgedContainer, network });
    expect(problems(await examine(host, "box"))).toEqual(["name-servers-local"]);
    await startOn(host, "kernel", "exec cat", {
      ...bridgedContainer,
      name: "other",
      network: { ...network, dns: [] },
    });
    expect(
      (await examine(host, "other")).filter(({ status }) => status === "warning"),
    ).toMatchObject([{ code: "name-servers-none" }]);
  }));

test("a container in the network of another one is told so, and when that has ended", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const first = await startOn(host, "kernel", "exec cat", bridgedContainer);
    await startOn(host, "bash", "exec cat", {
      ...plainContainer,
      name: "other",
      network: { mode: { container: "box" } },
    });
    const codes = async () => (await examine(host, "other")).map(({ code }) => code);
    expect(await codes()).toEqual(["running", "network-joined", "name-servers", "limits-none"]);
    first.launcher.endInput();
    await first.launcher.wait();
    const ended = ["running", "network-joined-ended", "name-servers", "limits-none"];
    expect(await codes()).toEqual(ended);
    // One that has only its name does not help it.
    await startOn(host, "kernel", "exec cat", bridgedContainer);
    expect(await codes()).toEqual(ended);
  }));

describe("the host", () => {
  test("is told in both languages, without a problem", () =>
    withSimulatedHost(async (host) => {
      expect(problems(await examine(host))).toEqual([]);
      const english = await cooper(host, ["doctor", "--lang", "en"]);
      expect(english).toMatchObject({ exitCode: 0, stderr: "" });
      expect(english.stdout).toMatch(/^✓ cgroup v[12] at /m);
      expect(english.stdout).not.toMatch(chinese);
      expect((await cooper(host, ["doctor", "--lang", "zh"])).stdout).toMatch(chinese);
    }));

  test("is the same with the PATH that cron sets", () =>
    withSimulatedHost(async (host) => {
      await host.must("iptables", "-P", "FORWARD", "DROP");
      const found = await examine(host);
      const command = cooperCommand("doctor", "--json");
      const { stdout } = await host.run(command, { env: { PATH: "/usr/bin:/bin" } });
      expect(found).toContainEqual(expect.objectContaining({ values: { policy: "DROP" } }));
      expect(JSON.parse(stdout)).toEqual(found);
    }));

  test("lacks commands, each named with its package", () =>
    withSimulatedHost(async (host) => {
      await host.must("mkdir", "/tmp/bin");
      await host.must(
        "sh",
        "-c",
        "ln -sf /usr/bin/* /usr/sbin/* /tmp/bin && rm /tmp/bin/mount /tmp/bin/nsenter",
      );
      const command = cooperCommand("doctor", "--json");
      const { stdout } = await host.run(command, { env: { PATH: "/tmp/bin" } });
      expect(
        (JSON.parse(stdout) as Found[]).filter(({ code }) => code === "tools-missing"),
      ).toMatchObject([
        { status: "warning", fix: ["apt-get", "install", "--yes", "mount", "util-linux"] },
      ]);
    }));

  test("has what a dead container left, which goes", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const { launcher } = await startOn(host, "bash", "exec cat", bridgedContainer);
      await launcher.kill("SIGKILL");
      await launcher.wait();
      const left = await examine(host);
      expect(left.filter(({ status }) => status !== "ok")).toMatchObject([
        { code: "dead-left", fix: ["cooper", "clean"] },
      ]);
      expect(await cooper(host, ["doctor", "--fix", "--yes"])).toMatchObject({ exitCode: 0 });
      expect((await examine(host)).map(({ code }) => code)).toContain("dead");
    }));

  test("is examined by others than root as far as they may, a container is not", () =>
    withSimulatedHost(async (host) => {
      const nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] as const;
      const { stdout } = await host.run([...nobody, ...cooperCommand("doctor", "--json")]);
      const found = JSON.parse(stdout) as Found[];
      expect(problems(found)).toEqual([]);
      expect(found.map(({ code }) => code)).toContain("user-not-root");
      const { exitCode, stderr } = await host.run([...nobody, ...cooperCommand("doctor", "box")]);
      expect({ exitCode, code: /\[(.*?)\]/.exec(stderr)?.[1] }).toEqual({
        exitCode: 1,
        code: "root-only",
      });
      expect((await cooper(host, ["doctor", "box"])).stderr).toContain("[container-missing]");
      expect((await cooper(host, ["doctor", "--yes"])).stderr).toContain("[doctor-yes-alone]");
    }));
});
