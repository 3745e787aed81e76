/** Commands in containers that have a user namespace of their own. */
import { describe, expect, test } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { plainContainer } from "../host/containers.js";
import { rootfs } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { cooper, cooperCommand, ownTo, paths, startOn, useCooper } from "./cooper.js";

useCooper();

const namespaces = ["pid", "mount", "uts", "ipc", "network", "user"] as const;
const container = { ...plainContainer, namespaces: [...namespaces] } satisfies ContainerInput;

const sh = (host: SimulatedHost, script: string, ...flags: readonly string[]) =>
  cooper(host, ["exec", ...flags, "box", "--", "sh", "-c", script]);

describe.each(paths)("cooper exec into a user namespace of the %s path", (way) => {
  const within = (
    spec: ContainerInput,
    body: (host: SimulatedHost, pid: number) => Promise<void>,
  ) =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const { launcher, pid } = await startOn(host, way, "exec cat", spec);
      await body(host, pid);
      launcher.endInput();
      expect((await launcher.wait()).exitCode).toBe(0);
    });

  test("gives all that the first process has, and no more", () =>
    within(
      { ...container, privileged: false, resources: { pids: { limit: 20 } } },
      async (host) => {
        const inside = await sh(host, ownTo("self"));
        expect(inside).toMatchObject({ exitCode: 0, stderr: "" });
        expect(inside.stdout).toBe((await sh(host, ownTo(1))).stdout);
        expect(inside.stdout).toMatch(/^Uid:\t0\t0\t0\t0$/m);
        expect(inside.stdout).toMatch(/^NoNewPrivs:\t1$/m);
        // No descriptor of the launcher's comes along: the last one is the directory that is read.
        const { stdout } = await sh(host, "for fd in /proc/$$/fd/*; do echo ${fd##*/}; done");
        expect(stdout).toBe("0\n1\n2\n3\n");
      },
    ));

  test("is one of the container's users on the host, too", () =>
    within(container, async (host) => {
      const running = host.spawn(
        cooperCommand("exec", "box", "--", "sh", "-c", "echo on; exec sleep 99"),
      );
      await running.until(({ stdout }) => stdout === "on\n");
      const statuses = await host.must(
        "sh",
        "-c",
        "for each in /proc/[0-9]*; do if grep -qs ^sleep $each/cmdline; then cat $each/status; fi; done",
      );
      expect(statuses.match(/^(Uid|Gid|Groups):.*$/gm)).toEqual([
        "Uid:\t100000\t100000\t100000\t100000",
        "Gid:\t100000\t100000\t100000\t100000",
        "Groups:\t ",
      ]);
      await running.kill("SIGTERM");
      expect(await running.wait()).toMatchObject({ exitCode: 143 });
    }));

  test("has the user of the first process, and its own status", () => {
    const process = { ...container.process, user: { uid: 1000, gid: 5, additionalGids: [7] } };
    return within({ ...container, process }, async (host) => {
      const outcome = await sh(host, "id -u; id -g; id -G; exit 9");
      expect(outcome).toMatchObject({ exitCode: 9, stdout: "1000\n5\n5 7\n", stderr: "" });
    });
  });
});
