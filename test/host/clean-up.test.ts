import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { bridgedContainer, plainContainer } from "./containers.js";
import type { Outcome } from "./host-process.js";
import { expectNothingLeft, withoutAddress } from "./left-behind.js";
import { prepare, rootfs, runScript, scriptCommand, startContainer } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";
import { Tools } from "./tools.js";

/** The paths below a directory of the simulated host, and what each is. */
async function listing(host: SimulatedHost, directory: string): Promise<string[]> {
  const found = await host.must("find", directory, "-printf", "%P %y %m %s %l\n");
  const sums = await host.must("find", directory, "-type", "f", "-exec", "sha256sum", "{}", "+");
  return [...found.split("\n"), ...sums.split("\n")].sort();
}

describe("after the container has ended", () => {
  test("nothing is left, and a second run gives the same state as the first", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      const states: unknown[] = [];
      for (let round = 0; round < 2; round++) {
        const { launcher, pid } = await startContainer(host, { name: "box" });
        const state = await host.observe(pid);
        expect(await host.observe(pid)).toEqual(state);
        states.push(withoutAddress(state));
        launcher.endInput();
        expect((await launcher.wait()).exitCode).toBe(0);
        await expectNothingLeft(host, before);
      }
      expect(states[1]).toEqual(states[0]);
    }));

  test("nothing is left, and the exit status is the command's, when nobody reads what is told", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, { ...bridgedContainer, banner: true });
      const before = await host.observeHost();
      const unread = ["bash", "-c", 'exec 3> >(:) && wait "$!" && exec "$@" 2>&3', "bash"] as const;
      const { exitCode } = await host.run([
        ...unread,
        ...scriptCommand(["sh", "-c", "exit 4"], []),
      ]);
      expect(exitCode).toBe(4);
      await expectNothingLeft(host, before);
      await host.must("rmdir", `${rootfs}/proc`);
      await host.writeFile(`${rootfs}/proc`, "in the way");
      expect((await host.run([...unread, ...scriptCommand(["true"], [])])).exitCode).toBe(125);
      await expectNothingLeft(host, before);
    }));

  test("what was there before is still there: bridge, rules and forwarding", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      await host.must("ip", "link", "add", "test-br0", "type", "bridge");
      await host.must("ip", "address", "add", "10.200.1.1/24", "dev", "test-br0");
      await host.must("ip", "link", "set", "test-br0", "up");
      const comment = "-m comment --comment cooper:test-br0";
      for (const rule of [
        `-t nat -A POSTROUTING -s 10.200.1.0/24 ! -o test-br0 ${comment} -j MASQUERADE`,
        `-A FORWARD -i test-br0 ${comment} -j ACCEPT`,
        `-A FORWARD -o test-br0 -m conntrack --ctstate RELATED,ESTABLISHED ${comment} -j ACCEPT`,
      ])
        await host.must("iptables", ...rule.split(" "));
      await host.must("sysctl", "-qw", "net.ipv4.ip_forward=1");
      const before = await host.observeHost();
      const { launcher, pid } = await startContainer(host, { name: "box" });
      expect((await host.observe(pid)).host).toMatchObject({
        ipForward: true,
        bridge: { ports: 1 },
      });
      expect((await host.observeHost()).rules).toEqual(before.rules);
      launcher.endInput();
      await launcher.wait();
      await expectNothingLeft(host, before);
    }));

  /** An ip that does something before it is called in this way. */
  const writeIp = (host: SimulatedHost, call: string, before: string) =>
    host.writeFile(
      "/tmp/tools/ip",
      `#!/bin/sh\ncase "ip $*" in '${call}') ${before} ;; esac\nexec /usr/sbin/ip "$@"\n`,
      0o755,
    );
  const deletion = `ip link delete dev ${bridgedContainer.network.bridge}`;
  const env = { PATH: "/tmp/tools:/usr/sbin:/usr/bin:/sbin:/bin" };

  test("the bridge is gone when the script ends, however long that takes", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      await writeIp(host, deletion, "sleep 0.5; echo late >/tmp/late");
      const { exitCode, stderr } = await runScript(host, ["sh", "-c", "exit 7"], { env });
      expect(await host.readFile("/tmp/late")).toBe("late\n");
      expect(stderr).not.toContain("command-failed");
      expect(exitCode).toBe(7);
      await expectNothingLeft(host, before);
    }));

  test("a bridge that could not be deleted is told of, and goes with the next container", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      await writeIp(host, deletion, "echo no >&2; exit 3");
      const { exitCode, stderr } = await runScript(host, ["sh", "-c", "exit 7"], { env });
      expect(stderr).toContain(
        `no\nscript.sh: error[command-failed]: the command failed with exit status 3: ${deletion}`,
      );
      expect(exitCode).toBe(7);
      expect((await runScript(host, ["true"])).exitCode).toBe(0);
      await expectNothingLeft(host, before);
    }));

  test.each(["iptables-save", "iptables-restore"])(
    "rules that %s fails to remove are told of, and go with the next container",
    (tool) =>
      withSimulatedHost(async (host) => {
        await prepare(host, bridgedContainer);
        const before = await host.observeHost();
        const file = `/tmp/tools/${tool}`;
        await host.writeFile(
          file,
          `#!/bin/sh\nif [ -e /tmp/ends ]; then exit 3; fi\nexec /usr/sbin/${tool} "$@"\n`,
          0o755,
        );
        const launcher = host.spawn(scriptCommand(["sh", "-c", "cat; exit 7"]), { env });
        launcher.write("ready\n");
        await launcher.until(({ stdout }) => stdout.includes("ready\n"));
        await host.writeFile("/tmp/ends", "");
        launcher.endInput();
        const { exitCode, stderr } = await launcher.wait();
        expect(stderr).toMatch(
          new RegExp(
            `^script.sh: error\\[command-failed\\]: the command failed with exit status 3: ${tool}.*\n$`,
          ),
        );
        expect(exitCode).toBe(7);
        expect((await runScript(host, ["true"])).exitCode).toBe(0);
        await expectNothingLeft(host, before);
      }),
  );

  test("a network namespace that could not be made is the only thing told of", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      await writeIp(host, "ip netns add box", "exit 3");
      const { exitCode, stderr } = await runScript(host, ["true"], { env });
      expect(stderr).toBe(
        "script.sh: error[command-failed] (network_namespace): the command failed with exit status 3: ip netns add box\n",
      );
      expect(exitCode).toBe(125);
      await expectNothingLeft(host, before);
    }));

  test("the root file system is as it was, but for mount points it lacked", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await listing(host, rootfs);
      expect((await runScript(host, ["cat", "/etc/resolv.conf"])).stdout).toBe(
        "nameserver 192.0.2.53\n",
      );
      const after = await listing(host, rootfs);
      const isEtc = (line: string) => /(^etc d | etc d |etc\/(resolv.conf|hosts))/.test(line);
      expect(after.filter((line) => !before.includes(line) && !isEtc(line))).toEqual([]);
      expect(before.filter((line) => !after.includes(line) && !isEtc(line))).toEqual([]);
      expect((await host.readFile(`${rootfs}/etc/resolv.conf`)).trim()).toBe("");
    }));

  test("the root file system's own resolv.conf and hosts are untouched", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      await host.writeFile(`${rootfs}/etc/resolv.conf`, "nameserver 203.0.113.1\n");
      await host.writeFile(`${rootfs}/etc/hosts`, "203.0.113.1 db\n");
      const before = await listing(host, rootfs);
      const write =
        "cat /etc/resolv.conf; for each in resolv.conf hosts; do echo changed >/etc/$each; done; touch /tmp/new";
      expect((await runScript(host, ["sh", "-c", write])).stdout).toBe("nameserver 192.0.2.53\n");
      expect(await listing(host, rootfs)).toEqual(before);
    }));
});

describe("two containers at once", () => {
  test("have addresses of their own and share the bridge until the last one ends", () =>
    withSimulatedHost(async (host) => {
      const { param } = await import("../../src/index.js");
      await prepare(host, { ...bridgedContainer, name: param.name("NAME", { default: "one" }) });
      const before = await host.observeHost();
      const one = await startContainer(host, { name: "one" });
      const two = await startContainer(host, { name: "two", args: ["-q", "two"] });
      const addresses = async (pid: number) => {
        const { network } = await host.observe(pid);
        return network === "host" ? [] : network.links.flatMap((link) => link.addresses);
      };
      expect(await addresses(one.pid)).toEqual(["10.200.1.2/24", "127.0.0.1/8"]);
      expect(await addresses(two.pid)).toEqual(["10.200.1.3/24", "127.0.0.1/8"]);
      const shared = (await host.observe(two.pid)).host;
      expect(shared.bridge?.ports).toBe(2);
      expect(shared.rules).toHaveLength(3);

      one.launcher.endInput();
      await one.launcher.wait();
      // The kernel takes the other's cable away a moment later.
      await expect
        .poll(async () => (await host.observe(two.pid)).host.bridge?.ports, { timeout: 5_000 })
        .toBe(1);
      const alone = (await host.observe(two.pid)).host;
      expect(alone).toMatchObject({ bridge: { ports: 1, up: true }, ipForward: true });
      expect(alone.rules).toEqual(shared.rules);

      // The address that became free is not given to the next one.
      const three = await startContainer(host, { name: "three", args: ["-q", "three"] });
      expect(await addresses(three.pid)).toEqual(["10.200.1.4/24", "127.0.0.1/8"]);
      for (const { launcher } of [two, three]) {
        launcher.endInput();
        expect((await launcher.wait()).exitCode).toBe(0);
      }
      await expectNothingLeft(host, before);
    }));

  test("start together and end together, eight at a time", () =>
    withSimulatedHost(async (host) => {
      const { param } = await import("../../src/index.js");
      await prepare(host, { ...bridgedContainer, name: param.name("NAME", { default: "one" }) });
      const before = await host.observeHost();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          runScript(
            host,
            ["sh", "-c", "ip -4 -o addr show dev eth0 | sed 's/.*inet //; s/ .*//'; sleep 0.5"],
            {
              args: ["-q", `box${index}`],
            },
          ),
        ),
      );
      expect(outcomes.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
        Array.from({ length: 8 }, () => ({ exitCode: 0, stderr: "" })),
      );
      expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(8);
      await expectNothingLeft(host, before);
    }));
});

describe("wherever it breaks", () => {
  /**
   * Runs the script again and again, with something that happens at its first call of a program, its second
   * and so on, until there is one only after the container was built: `env` starts the command.
   */
  async function atEveryCall(
    container: ContainerInput,
    run: (host: SimulatedHost, tools: Tools, number: number) => Promise<Outcome>,
    check: (outcome: Outcome, call: string) => void,
  ): Promise<void> {
    await withSimulatedHost(async (host) => {
      await prepare(host, container);
      const tools = await Tools.install(host);
      await host.must("mkdir", "/tmp/kept");
      const before = await host.observeHost();
      // Number 0 is the script's own bash.
      for (let number = 1; ; number++) {
        await tools.reset();
        const outcome = await run(host, tools, number);
        const call = (await tools.calls())[number] ?? [];
        if (call[0] === "env") {
          expect(number).toBeGreaterThan(5);
          return;
        }
        check(outcome, call.join(" "));
        await expectNothingLeft(host, before);
      }
    });
  }

  const containers = {
    bridged: bridgedContainer,
    plain: plainContainer,
    layered: {
      ...plainContainer,
      root: { layers: [rootfs], overlay: { path: "/tmp/kept" } },
    } satisfies ContainerInput,
  };

  test.each(Object.keys(containers) as (keyof typeof containers)[])(
    "a program that fails undoes everything before it: %s",
    (kind) =>
      atEveryCall(
        containers[kind],
        async (host, tools, number) => {
          // chroot has its own way to say that it failed itself, and a shell does not fail by itself.
          await tools.at(
            number,
            'case ${tool} in bash) ;; chroot) echo "it fails" >&2; exit 125 ;; *) exit 1 ;; esac',
          );
          return runScript(host, ["echo", "ran"], { env: tools.env });
        },
        ({ exitCode, stdout, stderr }, call) => {
          if (call.startsWith("bash ")) return;
          expect({ call, exitCode, stdout }).toEqual({ call, exitCode: 125, stdout: "" });
          expect(stderr).not.toBe("");
        },
      ),
  );

  test.each([
    ["HUP", 129],
    ["INT", 130],
    ["TERM", 143],
  ] as const)("SIG%s undoes everything before it", (signal, status) =>
    atEveryCall(
      signal === "TERM" ? bridgedContainer : plainContainer,
      async (host, tools, number) => {
        await tools.pauseAt(number);
        const launcher = host.spawn(scriptCommand(["sleep", "1000"]), { env: tools.env });
        await tools.paused();
        await launcher.kill(`SIG${signal}`);
        // When it waits for the container already, it does something about the signal meanwhile.
        await sleep(10);
        await tools.resume();
        return launcher.wait();
      },
      ({ exitCode, stdout, stderr }, call) =>
        expect({ call, exitCode, stdout, stderr }).toEqual({
          ...{ call, exitCode: status, stdout: "", stderr: "" },
        }),
    ),
  );
});

test("a container without network and limits leaves the host alone while it runs", () =>
  withSimulatedHost(async (host) => {
    await prepare(host, plainContainer);
    const before = await host.observeHost();
    const { launcher } = await startContainer(host, { name: "box" });
    const during = await host.observeHost();
    expect({ ...during, runDirectory: {}, networkNamespaces: [], mounts: [] }).toEqual({
      ...before,
      runDirectory: {},
      networkNamespaces: [],
      mounts: [],
    });
    launcher.endInput();
    await launcher.wait();
    await expectNothingLeft(host, before);
  }));
