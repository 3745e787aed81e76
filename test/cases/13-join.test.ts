/** One network namespace for two containers, each of either path. */
import { describe, expect, it } from "vitest";
import { type ContainerInput, parseContainer } from "../../src/index.js";
import type { HostProcess } from "../host/host-process.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { type PathName, preparePath, startPath } from "../parity/paths.js";
import { testContainer } from "../parity/test-container.js";

const plain = {
  root: { path: rootfs },
  process: { env: { PATH: "/bin" } },
} as const satisfies ContainerInput;

const first = {
  ...plain,
  name: "first",
  hostname: "first",
  network: { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24", dns: ["192.0.2.53"] },
} as const satisfies ContainerInput;

const second = {
  ...plain,
  name: "second",
  network: { mode: "container:first" },
} as const satisfies ContainerInput;

/** Starts a container whose shell does what it is told, line by line. */
async function start(host: SimulatedHost, path: PathName, input: ContainerInput) {
  await preparePath(host, path, parseContainer(input), "en");
  const shell = 'echo ready; while read -r line; do eval "$line"; done';
  const command = ["sh", "-c", shell] as const;
  const launcher = await startPath(host, path, { parameters: {}, language: "en", command });
  await launcher.until(({ stdout }) => stdout === "ready\n");
  return launcher;
}

/** What a container's shell prints when it is told to do something. */
async function tell(launcher: HostProcess, command: string): Promise<string> {
  const begin = launcher.stdout.length;
  launcher.write(`${command}; echo done\n`);
  await launcher.until(({ stdout }) => stdout.slice(begin).endsWith("done\n"));
  return launcher.stdout.slice(begin, -"done\n".length);
}

async function end(launcher: HostProcess): Promise<void> {
  launcher.endInput();
  const { exitCode, stderr } = await launcher.wait();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
}

const pathsOfBoth: readonly [PathName, PathName][] = [
  ["script", "script"],
  ["script", "kernel"],
  ["kernel", "script"],
  ["kernel", "kernel"],
];

describe.each(pathsOfBoth)("the first by its %s, the second by its %s", (one, other) => {
  it("have interfaces, loopback, ports, name servers and hosts in common, and nothing else", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const a = await start(host, one, first);
      const b = await start(host, other, second);
      await tell(a, "mkdir /tmp/www; echo page >/tmp/www/index.html");
      await tell(a, "httpd -p 127.0.0.1:80 -h /tmp/www");
      expect(await tell(b, "wget -q -O - http://127.0.0.1/")).toBe("page\n");
      for (const shared of [
        "readlink /proc/self/ns/net",
        "ip -o address",
        "ip route",
        "ls /sys/class/net",
        "cat /etc/resolv.conf /etc/hosts",
      ])
        expect(await tell(b, shared)).toBe(await tell(a, shared));
      for (const apart of ["readlink /proc/self/ns/mnt", "readlink /proc/self/ns/pid"])
        expect(await tell(b, apart)).not.toBe(await tell(a, apart));
      expect(await tell(b, "ls /tmp")).toBe("");
      // It is one file: whoever writes to it, both see it.
      await tell(a, "echo 192.0.2.7 db >>/etc/hosts");
      expect(await tell(b, "cat /etc/hosts")).toContain("192.0.2.7 db\n");
      await end(b);
      expect(await tell(a, "cat /etc/hosts; ip -o link show dev eth0")).toMatch(/first.*eth0/s);
      await end(a);
      await expectNothingLeft(host, before);
    }));

  it("go on without each other, and without the other's address", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const a = await start(host, one, first);
      const b = await start(host, other, second);
      await end(a);
      const { network } = await host.observeHost();
      expect(network.links.map(({ name }) => name)).toEqual(["lo"]);
      expect(await tell(b, "ip -o link | grep -c eth0; cat /etc/hosts")).toMatch(/^0\n.* first\n/s);
      // Another one of that name has a namespace of its own.
      const next = await start(host, one, first);
      const namespace = "readlink /proc/self/ns/net";
      expect(await tell(next, namespace)).not.toBe(await tell(b, namespace));
      await end(b);
      await end(next);
      await expectNothingLeft(host, before);
    }));
});

describe("on both paths alike", () => {
  /** The first container, until the test ends. */
  const running =
    (...inputs: ContainerInput[]) =>
    async (host: SimulatedHost) => {
      for (const input of inputs) await start(host, "script", input);
    };

  it("a container without files of its own lets the root file system's be seen", async () => {
    const { kernel } = await testContainer(second)
      .onHost((host) => host.writeFile(`${rootfs}/etc/hosts`, "192.0.2.9 mine\n"))
      .onHost(running({ ...plain, name: "first" }))
      .withCommand("sh", "-c", "cat /etc/hosts; ip -o link | wc -l")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "192.0.2.9 mine\n1\n" });
    expect(kernel.state?.mounts.map(({ target }) => target)).not.toContain("/etc/hosts");
  });

  it("joins one with a user namespace of its own", async () => {
    const { kernel } = await testContainer(second)
      .onHost(
        running({ ...first, uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }] }),
      )
      .withCommand("sh", "-c", "cat /sys/class/net/eth0/operstate; grep -c first /etc/hosts")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "up\n1\n" });
  });

  const nobody = () => Promise.resolve();

  it.each<[string, string, (host: SimulatedHost) => Promise<void>]>([
    ["does not run", "join-missing", nobody],
    [
      "has ended without being taken down",
      "join-missing",
      async (host) => {
        const launcher = await start(host, "kernel", first);
        await launcher.kill("SIGKILL");
        await launcher.wait();
      },
    ],
    [
      "uses the host's network",
      "join-no-namespace",
      running({ ...plain, name: "first", network: { mode: "host" } }),
    ],
    [
      "has joined another one itself",
      "join-no-namespace",
      running(
        { ...first, name: "zeroth" },
        { ...second, name: "first", network: { mode: "container:zeroth" } },
      ),
    ],
  ])("is refused when the other one %s", async (_, code, onHost) => {
    const { kernel } = await testContainer(second)
      .onHost(onHost)
      .withCommand("echo", "ran")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125, stdout: "" });
    expect(kernel.stderr).toContain(`error[${code}] (join_network): `);
  });
});
