import { expect, test } from "vitest";
import { param } from "../../src/index.js";
import { bridgedContainer, plainContainer } from "./containers.js";
import {
  addOutsideWorld,
  addPeerPage,
  askPeer,
  hostAddress,
  outsideAddress,
} from "./outside-world.js";
import { prepare, rootfs, runScript, scriptCommand, startContainer } from "./script.js";
import { withSimulatedHost } from "./simulated-host.js";

const inShell = (command: string) => ["sh", "-c", command];

test("a container reaches the outside world, which sees the host's address", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, bridgedContainer);
    await addOutsideWorld(host);
    expect(await runScript(host, inShell(askPeer(outsideAddress)))).toMatchObject({
      exitCode: 0,
      stdout: `${hostAddress}\n`,
      stderr: "",
    });
  }));

test("it takes the NAT rule and forwarding to get there", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, bridgedContainer);
    await addOutsideWorld(host);
    const container = host.spawn(
      scriptCommand(
        inShell(
          `echo ready; while read -r _; do ${askPeer(outsideAddress, { seconds: 1 })} || echo no; done`,
        ),
      ),
    );
    const answer = async () => {
      const start = container.stdout.length;
      container.write("\n");
      await container.until(({ stdout }) => stdout.slice(start).endsWith("\n"));
      return container.stdout.slice(start).trim();
    };
    await container.until(({ stdout }) => stdout === "ready\n");
    expect(await answer()).toBe(hostAddress);
    await host.must("sysctl", "-qw", "net.ipv4.ip_forward=0");
    expect(await answer()).toBe("no");
    await host.must("sysctl", "-qw", "net.ipv4.ip_forward=1");
    expect(await answer()).toBe(hostAddress);
    await host.must("iptables", "-t", "nat", "-F");
    expect(await answer()).toBe("no");
    container.endInput();
    await container.wait();
  }));

test("the second container still reaches the outside world when the first has ended", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, { ...bridgedContainer, name: param.name("NAME", { default: "one" }) });
    await addOutsideWorld(host);
    const one = await startContainer(host, { name: "one" });
    const two = host.spawn(
      scriptCommand(inShell(`echo ready; read -r _; ${askPeer(outsideAddress)}`), ["-q", "two"]),
    );
    await two.until(({ stdout }) => stdout === "ready\n");
    one.launcher.endInput();
    await one.launcher.wait();
    two.write("go\n");
    expect(await two.wait()).toMatchObject({ exitCode: 0, stdout: `ready\n${hostAddress}\n` });
  }));

test("containers of one bridge reach each other, and the host, by their own addresses", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, { ...bridgedContainer, name: param.name("NAME", { default: "one" }) });
    await addPeerPage(host, `${rootfs}/www`);
    const server = host.spawn(
      scriptCommand(inShell("httpd -p 0.0.0.0:8080 -h /www && echo ready; cat"), ["-q", "one"]),
    );
    await server.until(({ stdout }) => stdout === "ready\n");
    await host.must("busybox", "httpd", "-p", "10.200.1.1:8080", "-h", `${rootfs}/www`);
    const peer = async (name: string, address: string) =>
      (await runScript(host, inShell(askPeer(address)), { args: ["-q", name] })).stdout;
    expect(await peer("two", "10.200.1.2")).toBe("10.200.1.3\n");
    expect(await peer("three", "10.200.1.1")).toBe("10.200.1.4\n");
    // And the host reaches into the container.
    const fromHost = askPeer("10.200.1.2").replace("nc", "/bin/busybox nc");
    expect(await host.must("sh", "-c", fromHost)).toBe("10.200.1.1\n");
    server.endInput();
    expect((await server.wait()).exitCode).toBe(0);
  }));

test("without a network a container has nothing but loopback, and loopback works", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    await addOutsideWorld(host);
    await addPeerPage(host, `${rootfs}/www`);
    const talk = `ip -o link | wc -l; httpd -p 127.0.0.1:8080 -h /www; ${askPeer("127.0.0.1")}; ${askPeer(outsideAddress)}`;
    const { stdout, stderr } = await runScript(host, inShell(talk));
    expect(stdout).toBe("1\n127.0.0.1\n");
    expect(stderr).toContain(`(${outsideAddress}): Network is unreachable`);
  }));

test("with the host's network a container is where the host is", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, {
      ...plainContainer,
      namespaces: ["pid", "mount", "uts", "ipc"],
      network: { mode: "host", dns: ["192.0.2.53"] },
    });
    await addOutsideWorld(host);
    const { stdout } = await runScript(
      host,
      inShell(`cat /etc/resolv.conf; ${askPeer(outsideAddress)}`),
    );
    // A connection to it that leaves from the host itself.
    expect(stdout).toBe(`nameserver 192.0.2.53\n${hostAddress}\n`);
    const { launcher, pid } = await startContainer(host, { name: "box" });
    const state = await host.observe(pid);
    expect({ network: state.network, namespaces: state.namespaces }).toEqual({
      network: "host",
      namespaces: ["pid", "mount", "uts", "ipc"],
    });
    launcher.endInput();
    await launcher.wait();
  }));
