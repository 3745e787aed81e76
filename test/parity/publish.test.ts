/** Published ports, on both paths: who reaches them, who does not, and what is left of them. */
import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { param, parseContainer } from "../../src/index.js";
import { firewalls, useFirewall } from "../host/firewall.js";
import type { HostProcess } from "../host/host-process.js";
import { expectNothingLeft } from "../host/left-behind.js";
import {
  addOutsideWorld,
  addPeerPage,
  askPeer,
  hostAddress,
  outsideAddress,
} from "../host/outside-world.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { type PathName, preparePath, startPath } from "./paths.js";
import { testContainer } from "./test-container.js";

type Published = NonNullable<NonNullable<ContainerInput["network"]>["publish"]>;

const paths: readonly PathName[] = ["script", "kernel"];

const bridge = { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" } as const;

const container = (name: string, publish: Published = []): ContainerInput => ({
  ...{ name, privileged: true, root: { path: rootfs } },
  process: { env: { PATH: "/bin" } },
  network: { ...bridge, publish },
});

/** Starts a container whose shell does what it is told; what it prints ends with "done". */
async function start(host: SimulatedHost, path: PathName, input: ContainerInput) {
  await preparePath(host, path, parseContainer(input), "en");
  const command = ["sh", "-c", 'while read -r line; do eval "$line"; echo done; done'] as const;
  const launcher = await startPath(host, path, { parameters: {}, language: "en", command });
  await tell(launcher, ":");
  return launcher;
}

/** Has the shell of a container do something; returns what it printed. */
async function tell(launcher: HostProcess, command: string): Promise<string> {
  const start = launcher.stdout.length;
  launcher.write(`${command}\n`);
  await launcher.until(({ stdout }) => stdout.slice(start).endsWith("done\n"));
  return launcher.stdout.slice(start, -"done\n".length).trim();
}

/** Who a server says has asked it, or "" when nobody answers. */
const seen = (address: string, port = 8080) => `${askPeer(address, { port, seconds: 1 })} || true`;

const serve = "httpd -p 0.0.0.0:80 -h /www";

async function end(launcher: HostProcess): Promise<void> {
  launcher.endInput();
  expect((await launcher.wait()).exitCode).toBe(0);
}

/** A host with an outside world, and a page in the root file system that tells who asks for it. */
const withWorld = (body: (host: SimulatedHost) => Promise<void>) =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    await addPeerPage(host, `${rootfs}/www`);
    await addOutsideWorld(host);
    await body(host);
  });

const onHost = async (host: SimulatedHost, command: string) =>
  (await host.must("busybox", "sh", "-c", command)).trim();

const outside = async (host: SimulatedHost, command: string) =>
  (await host.must("ip", "netns", "exec", "outside", "busybox", "sh", "-c", command)).trim();

describe.each(firewalls)("with the rules of iptables-%s", (firewall) => {
  it.each(paths)("a port is reached from everywhere, and then is gone: %s", (path) =>
    withWorld(async (host) => {
      await useFirewall(host, firewall);
      await host.must("iptables", "--policy", "FORWARD", "DROP");
      const before = await host.observeHost();
      const web = await start(host, path, container("web", ["8080:80"]));
      const neighbour = await start(host, path, container("neighbour"));
      await tell(web, serve);
      // The host asks from the bridge's address, where it asks at 127.0.0.1.
      expect(await onHost(host, seen("127.0.0.1"))).toBe("10.200.7.1");
      expect(await onHost(host, seen(hostAddress))).toBe(hostAddress);
      expect(await outside(host, seen(hostAddress))).toBe(outsideAddress);
      for (const address of [hostAddress, "10.200.7.1"]) {
        expect(await tell(neighbour, seen(address))).toBe("10.200.7.1");
        expect(await tell(web, seen(address))).toBe("10.200.7.1");
      }
      // What passes through to the same port of another host is not meant.
      expect(await tell(neighbour, seen(outsideAddress))).toBe(hostAddress);
      await end(web);
      expect(await onHost(host, seen("127.0.0.1"))).toBe("");
      const { rules } = await host.observeHost();
      expect(rules.join("\n")).not.toMatch(/8080|:80|localnet|127\./);
      await end(neighbour);
      await expectNothingLeft(host, before);
    }),
  );
});

describe.each(paths)("who does not reach what: %s", (path) => {
  /** Sends what is for 127.0.0.0/8 to a gateway, as nobody does who means well. */
  const misroute = (gateway: string, link: string) =>
    `ip address del 127.0.0.1/8 dev lo; ip route add 127.0.0.0/8 via ${gateway};
     echo 1 >/proc/sys/net/ipv4/conf/${link}/route_localnet`.replaceAll(/\n\s*/g, " ");

  const guard = ["-i", "test-br0", "-m", "comment", "--comment", "cooper:test-br0:localnet"];

  it("a container does not reach the loopback of the host, and it is the guard that keeps it out", () =>
    withWorld(async (host) => {
      await addPeerPage(host, "/tmp/loopback");
      await host.must("busybox", "httpd", "-p", "127.0.0.1:8081", "-h", "/tmp/loopback");
      const web = await start(host, path, container("web", ["8080:80"]));
      await tell(web, misroute("10.200.7.1", "eth0"));
      expect(await tell(web, seen("127.0.0.1", 8081))).toBe("");
      for (const side of ["-d", "-s"]) {
        const rule = ["PREROUTING", side, "127.0.0.0/8", ...guard, "-j", "DROP"];
        await host.must("iptables", "-t", "raw", "-D", ...rule);
      }
      expect(await tell(web, seen("127.0.0.1", 8081))).toBe("10.200.7.2");
      await end(web);
    }));

  it("a port at 127.0.0.1 is the host's alone, one at an address is there alone", () =>
    withWorld(async (host) => {
      const web = await start(
        host,
        path,
        container("web", ["127.0.0.1:8080:80", `${hostAddress}:8082:80`, "8083:80"]),
      );
      const neighbour = await start(host, path, container("neighbour"));
      await tell(web, serve);
      expect(await onHost(host, seen("127.0.0.1", 8080))).toBe("10.200.7.1");
      expect(await onHost(host, seen(hostAddress, 8080))).toBe("");
      expect(await outside(host, seen(hostAddress, 8080))).toBe("");
      expect(await tell(neighbour, seen("10.200.7.1", 8080))).toBe("");
      expect(await onHost(host, seen("127.0.0.1", 8082))).toBe("");
      expect(await outside(host, seen(hostAddress, 8082))).toBe(outsideAddress);
      expect(await tell(neighbour, seen("10.200.7.1", 8082))).toBe("");
      // Not even for one who sends packets to 127.0.0.1 over the wire.
      await outside(host, misroute(hostAddress, "uplink"));
      for (const port of [8080, 8083])
        expect(await outside(host, seen("127.0.0.1", port))).toBe("");
      await end(web);
      await end(neighbour);
    }));

  it("datagrams and ports of a range reach theirs", () =>
    withWorld(async (host) => {
      const web = await start(host, path, container("web", ["9000-9001:90-91/udp", "9000:80"]));
      await tell(web, serve);
      const node = (script: string) => [process.execPath, "-e", script] as const;
      const echo = node(
        `const socket = require("node:dgram").createSocket("udp4");
         socket.on("message", (text, { port, address }) => socket.send(text, port, address));
         socket.bind(91, () => console.log("ready"));`,
      );
      await host
        .spawn(["ip", "netns", "exec", "web", ...echo])
        .until(({ stdout }) => stdout === "ready\n");
      const ask = (address: string) =>
        node(
          `const socket = require("node:dgram").createSocket("udp4");
           socket.on("message", (text) => { console.log(String(text)); socket.close(); });
           socket.send("hello", 9001, "${address}");
           setTimeout(() => process.exit(), 2000).unref();`,
        );
      expect(await host.must(...ask("127.0.0.1"))).toBe("hello\n");
      expect(await host.must("ip", "netns", "exec", "outside", ...ask(hostAddress))).toBe(
        "hello\n",
      );
      expect(await onHost(host, seen("127.0.0.1", 9000))).toBe("10.200.7.1");
      await end(web);
    }));
});

describe("a port that is taken", () => {
  const refused = async (
    publish: Published,
    code: string,
    onHost: (host: SimulatedHost) => Promise<unknown>,
  ) => {
    const { kernel } = await testContainer(container("web", publish))
      .onHost(addOutsideWorld)
      .onHost(onHost)
      .withCommand("echo", "ran")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125, stdout: "" });
    expect(kernel.stderr).toContain(`error[${code}] (ports): `);
    // It was noticed before there was anything to change.
    expect(kernel.left.rules).toEqual([]);
    expect(kernel.left.network.links.map(({ name }) => name)).toEqual(["lo", "uplink"]);
  };

  /** Has a process of the host listen on port 8080, and waits until it does. */
  const listening = (script: string) => async (host: SimulatedHost) => {
    const server = host.spawn([process.execPath, "-e", script]);
    await server.until(({ stdout }) => stdout === "ready\n");
  };

  const server = (address: string) =>
    listening(
      `require("node:net").createServer().listen(8080, "${address}", () => console.log("ready"))`,
    );

  /** A container that runs, as its record has it: it is process 1 of the host that does. */
  const other =
    (...lines: string[]) =>
    async (host: SimulatedHost) => {
      const statistics = await host.must("cat", "/proc/1/stat");
      const started = statistics.slice(statistics.lastIndexOf(") ") + 2).split(" ")[19] ?? "";
      const directory = "/run/cooper/containers/other";
      await host.writeFile(`${directory}/launcher`, `1 ${started}\n`);
      await host.writeFile(`${directory}/ports`, `${lines.join("\n")}\n`);
    };

  const datagrams = listening(
    `require("node:dgram").createSocket("udp4").bind(8080, () => console.log("ready"))`,
  );

  it.each<[string, Published, string, (host: SimulatedHost) => Promise<unknown>]>([
    [
      "by a container",
      ["8080:80"],
      "port-in-use",
      other("0.0.0.0 53 53 udp", "0.0.0.0 8080 1 tcp"),
    ],
    ["at one of all addresses", ["127.0.0.1:8080:80"], "port-in-use", other("0.0.0.0 8080 1 tcp")],
    ["at all, one being taken", ["8080:80"], "port-in-use", other("127.0.0.1 8080 1 tcp")],
    ["by a server", ["8080:80"], "port-taken", server("0.0.0.0")],
    ["by a server at one address", ["8080:80"], "port-taken", server("127.0.0.1")],
    ["by a server at this address", ["127.0.0.1:8080:80"], "port-taken", server("127.0.0.1")],
    ["by a server for IPv6 and IPv4", ["8080:80"], "port-taken", server("::")],
    [
      "by a server for IPv4 in IPv6",
      ["127.0.0.1:8080:80"],
      "port-taken",
      server("::ffff:127.0.0.1"),
    ],
    ["by who waits for datagrams", ["8080:80/udp"], "port-taken", datagrams],
    [
      "at an address of another host",
      [`${outsideAddress}:80:80`],
      "host-address-missing",
      () => Promise.resolve(),
    ],
  ])("%s", (_, publish, code, onHost) => refused(publish, code, onHost));

  it("twice by the same container, once its parameters are known", async () => {
    const hostPort = param.integer("PORT", { default: 81 });
    const input = container("web", ["80:80", { hostPort, containerPort: 81 }]);
    const { kernel } = await testContainer(parseContainer(input))
      .withParameters({ PORT: "080" })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel.stderr).toContain("error[port-in-use] (ports): ");
  });

  it("and is none where there is only something like it", async () => {
    const { kernel } = await testContainer(container("web", [`${hostAddress}:8080:80`]))
      .onHost(addOutsideWorld)
      .onHost(other("127.0.0.1 8080 1 tcp", "0.0.0.0 8080 1 udp", "0.0.0.0 18080 1 tcp"))
      .onHost(server("127.0.0.1"))
      .withCommand("echo", "ran")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "ran\n" });
  });
});

describe.each(paths)("published by one that was killed: %s", (path) => {
  it("a port is free, and leads to the next", () =>
    withWorld(async (host) => {
      const first = await start(host, path, container("first", ["8080:80"]));
      await first.kill("SIGKILL");
      await first.wait();
      const second = await start(host, path, container("second", ["8080:80"]));
      await tell(second, serve);
      expect(await outside(host, seen(hostAddress))).toBe(outsideAddress);
      expect((await host.observeHost()).rules.join("\n")).not.toContain("cooper:first:ports");
      // And of one of the same name, that publishes nothing.
      await second.kill("SIGKILL");
      await second.wait();
      const third = await start(host, path, container("second"));
      expect((await host.observeHost()).rules.join("\n")).not.toContain("cooper:second:ports");
      await end(third);
    }));
});

describe.each(paths)("several at once: %s", (path) => {
  it("of two that want one port one gets it; others get theirs", () =>
    withWorld(async (host) => {
      const before = await host.observeHost();
      const input = {
        ...container("unused", [
          { hostPort: param.integer("PORT", { default: 80 }), containerPort: 80 },
        ]),
        name: param.name("NAME", { default: "unused" }),
      };
      await preparePath(host, path, parseContainer(input), "en");
      const launchers = await Promise.all(
        Object.entries({ a: "8080", b: "8080", c: "8081", d: "8082" }).map(([NAME, PORT]) =>
          startPath(host, path, {
            ...{ parameters: { NAME, PORT }, language: "en" },
            command: ["sh", "-c", "echo ready; cat"],
          }),
        ),
      );
      const states = await Promise.all(
        launchers.map(async (launcher) => {
          try {
            await launcher.until(({ stdout }) => stdout === "ready\n");
            return "ready";
          } catch {
            return /error\[([\w-]+)\]/.exec((await launcher.wait()).stderr)?.[1];
          }
        }),
      );
      expect(states.sort()).toEqual(["port-in-use", "ready", "ready", "ready"]);
      const { rules } = await host.observeHost();
      expect(rules.filter((rule) => rule.includes("DNAT --to"))).toHaveLength(6);
      for (const launcher of launchers) launcher.endInput();
      await Promise.all(launchers.map((launcher) => launcher.wait()));
      await expectNothingLeft(host, before);
    }));
});
