import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bridgedContainer, plainContainer } from "./containers.js";
import { expectNothingLeft, withoutAddress } from "./left-behind.js";
import {
  containerPid,
  prepare,
  runScript,
  scriptCommand,
  startContainer,
  writeScript,
} from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";
import { withoutHandlers } from "./without-handlers.js";

async function startCommand(host: SimulatedHost, command: string) {
  const launcher = host.spawn(scriptCommand(["sh", "-c", command]));
  await launcher.until(({ stdout }) => stdout === "ready\n");
  return launcher;
}

async function gone(host: SimulatedHost, pid: number): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (existsSync(host.path(`/proc/${pid}`))) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await sleep(5);
  }
}

describe("a signal to the script", () => {
  test("ends a command without a handler, which is process 1", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      for (const [signal, status] of [
        ["SIGHUP", 129],
        ["SIGINT", 130],
        ["SIGQUIT", 131],
        ["SIGTERM", 143],
      ] as const) {
        const launcher = await startCommand(host, "echo ready; exec sleep 1000");
        const pid = await containerPid(host, "box");
        await withoutHandlers(host, pid);
        await launcher.kill(signal);
        expect(await launcher.wait()).toMatchObject({ exitCode: status, stderr: "" });
        await gone(host, pid);
        await expectNothingLeft(host, before);
      }
    }));

  test("is not lost when it comes a moment before the script begins to wait", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, plainContainer);
      // A script reads this file first. Its wait(1) is bash's own, after a while in which a signal may come.
      const slowly = `wait() {
        : >/tmp/about-to-wait
        while [[ ! -e /tmp/wait ]]; do :; done
        builtin wait "$@"
      }`;
      await host.writeFile("/tmp/slowly.sh", slowly);
      const launcher = host.spawn(scriptCommand(["cat"]), {
        env: { BASH_ENV: "/tmp/slowly.sh" },
      });
      launcher.write("ready\n");
      await launcher.until(({ stdout }) => stdout === "ready\n");
      await launcher.kill("SIGTERM");
      await sleep(50);
      await host.writeFile("/tmp/wait", "");
      expect(await launcher.wait()).toMatchObject({ exitCode: 143, stderr: "" });
    }));

  test("reaches a handler in the container", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, plainContainer);
      for (const signal of ["HUP", "INT", "QUIT", "TERM"]) {
        const launcher = await startCommand(
          host,
          `trap 'echo caught ${signal}; exit 7' ${signal}; echo ready; while :; do sleep 0.05; done`,
        );
        await launcher.kill(`SIG${signal}` as NodeJS.Signals);
        expect(await launcher.wait()).toMatchObject({
          exitCode: 7,
          stdout: `ready\ncaught ${signal}\n`,
        });
      }
    }));

  test("that the command ignores does not end it", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, plainContainer);
      const launcher = await startCommand(host, "trap '' TERM; echo ready; exec cat");
      await launcher.kill("SIGTERM");
      launcher.write("still here\n");
      await launcher.until(({ stdout }) => stdout.endsWith("still here\n"));
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    }));
});

/** Kills a script, and waits for the end of its container, which would run for long. */
async function killLauncher(host: SimulatedHost, name = "box"): Promise<void> {
  const launcher = await startCommand(host, "echo ready; exec sleep 1000");
  const pid = await containerPid(host, name);
  await launcher.kill("SIGKILL");
  await gone(host, pid);
}

describe("SIGKILL of the script", () => {
  test("kills the container; the next one of the name clears away what was left", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      await killLauncher(host);
      // Nobody could clean up.
      expect(Object.keys((await host.observeHost()).runDirectory)).toContain(
        "containers/box/launcher",
      );

      const second = await startContainer(host, { name: "box" });
      const state = withoutAddress(await host.observe(second.pid));
      second.launcher.endInput();
      expect((await second.launcher.wait()).exitCode).toBe(0);
      await expectNothingLeft(host, before);

      const third = await startContainer(host, { name: "box" });
      expect(withoutAddress(await host.observe(third.pid))).toEqual(state);
      third.launcher.endInput();
      await third.launcher.wait();
    }));

  test("kills the container also when it runs as another user", () =>
    withSimulatedHost(async (host) => {
      const process = { ...plainContainer.process, user: { uid: 1000, gid: 1000 } };
      await prepare(host, { ...plainContainer, process });
      await killLauncher(host);
    }));

  test("another container takes over what was shared, and clears it away", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, { ...bridgedContainer, name: "dead" });
      await killLauncher(host, "dead");
      await writeScript(host, bridgedContainer);
      const { exitCode, stdout } = await runScript(host, [
        "sh",
        "-c",
        "ip -4 -o addr show dev eth0 | sed 's/.*inet //; s/ .*//'; exit 6",
      ]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "10.200.1.3/24\n" });
      const { network, rules, sysctls } = await host.observeHost();
      // What only the dead one used waits for the next of its name.
      expect(network.links.map(({ name }) => name)).toEqual(["lo", "veth0ac80102"]);
      expect({ rules, sysctls }).toEqual({ rules: [], sysctls: { "net.ipv4.ip_forward": "0" } });
    }));
});
