import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bridgedContainer, plainContainer } from "../host/containers.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { prepare, rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { Tools } from "../host/tools.js";
import { withoutHandlers } from "../host/without-handlers.js";
import { cooperCommand, startOn, useCooper } from "./cooper.js";

useCooper();

async function gone(host: SimulatedHost, pid: number): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (existsSync(host.path(`/proc/${pid}`))) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await sleep(5);
  }
}

describe("a signal to the launcher", () => {
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
        const { launcher, pid } = await startOn(
          ...([host, "kernel", "exec sleep 1000", bridgedContainer] as const),
        );
        await withoutHandlers(host, pid);
        await launcher.kill(signal);
        expect(await launcher.wait()).toMatchObject({ exitCode: status, stderr: "" });
        await gone(host, pid);
        await expectNothingLeft(host, before);
      }
    }));

  test("reaches a handler in the container, and is ignored where the command ignores it", () =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      for (const signal of ["HUP", "INT", "QUIT", "TERM"]) {
        const handler = `trap 'echo caught; exit 7' ${signal}; echo set; while :; do sleep 0.05; done`;
        const { launcher } = await startOn(host, "kernel", handler);
        await launcher.until(({ stdout }) => stdout.endsWith("set\n"));
        await launcher.kill(`SIG${signal}` as NodeJS.Signals);
        expect(await launcher.wait()).toMatchObject({
          exitCode: 7,
          stdout: "ready\nset\ncaught\n",
        });
      }
      const { launcher } = await startOn(host, "kernel", "trap '' TERM; echo set; exec cat");
      await launcher.until(({ stdout }) => stdout.endsWith("set\n"));
      await launcher.kill("SIGTERM");
      launcher.write("still here\n");
      await launcher.until(({ stdout }) => stdout.endsWith("still here\n"));
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    }));

  test("that comes while the container is built undoes what was done so far", () =>
    withSimulatedHost(async (host) => {
      await prepare(host, bridgedContainer);
      const before = await host.observeHost();
      const tools = await Tools.install(host);
      await host.writeFile("/tmp/c.json", JSON.stringify(bridgedContainer));
      const command = cooperCommand("run", "-q", "/tmp/c.json", "--", "echo", "ran");
      // The firewall's rule is the only thing that a program is called for.
      await tools.pauseAt(0);
      const launcher = host.spawn(command, { env: tools.env });
      await tools.paused();
      await launcher.kill("SIGTERM");
      await sleep(50);
      await tools.resume();
      expect(await launcher.wait()).toMatchObject({ exitCode: 143, stdout: "", stderr: "" });
      await expectNothingLeft(host, before);
    }));
});

test("SIGKILL of the launcher kills the container, also when it runs as another user", () =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const process = { ...plainContainer.process, user: { uid: 1000, gid: 1000 } };
    for (const container of [plainContainer, { ...plainContainer, process }]) {
      const { launcher, pid } = await startOn(host, "kernel", "exec sleep 1000", container);
      await launcher.kill("SIGKILL");
      await gone(host, pid);
    }
  }));
