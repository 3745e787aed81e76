import { describe, expect, test } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { plainContainer } from "./containers.js";
import { containerPid, prepare, rootfs, runScript, scriptCommand, scriptFile } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";

const plain = (body: (host: SimulatedHost) => Promise<void>, container?: ContainerInput) => () =>
  withSimulatedHost(async (host) => {
    await prepare(host, container ?? plainContainer);
    await body(host);
  });

describe("exit status of the script", () => {
  test(
    "is the command's own",
    plain(async (host) => {
      for (const status of [0, 3, 124, 125, 255])
        expect(await runScript(host, ["sh", "-c", `exit ${status}`])).toEqual({
          stdout: "",
          stderr: "",
          exitCode: status,
          signal: undefined,
        });
    }),
  );

  test(
    "is 127 when the container has no such command",
    plain(async (host) => {
      for (const command of ["nope", "/bin/nope", "/etc/passwd/nope", "usr/nope"]) {
        const { exitCode, stderr } = await runScript(host, [command]);
        expect({ exitCode, stderr }).toEqual({
          exitCode: 127,
          stderr: `script.sh: error[command-not-found] (exec): the container has no command ${command}\n`,
        });
      }
    }),
  );

  test(
    "is 126 when the command cannot be executed",
    plain(async (host) => {
      await host.writeFile(`${rootfs}/bin/text`, "not a program\n", 0o644);
      for (const command of ["text", "/etc/passwd", "/etc"]) {
        const { exitCode, stderr } = await runScript(host, [command]);
        expect({ exitCode, stderr }).toEqual({
          exitCode: 126,
          stderr: `script.sh: error[command-not-executable] (exec): the container cannot execute ${command}\n`,
        });
      }
    }),
  );

  test(
    "is 128 and the signal that ended the command",
    plain(async (host) => {
      // As the kernel does when memory runs out.
      const launcher = host.spawn(scriptCommand(["sh", "-c", "echo ready; exec sleep 1000"]));
      await launcher.until(({ stdout }) => stdout === "ready\n");
      await host.must("kill", "-s", "KILL", String(await containerPid(host, "box")));
      expect(await launcher.wait()).toMatchObject({ exitCode: 137, stderr: "" });
      const child = await runScript(host, ["sh", "-c", "sh -c 'kill -9 $$'; exit $?"]);
      expect(child.exitCode).toBe(137);
    }),
  );
});

describe("a step that fails gives 125, says which one, and runs nothing", () => {
  const failing = async (host: SimulatedHost, code: string, step: string) => {
    const { exitCode, stdout, stderr } = await runScript(host, ["echo", "ran"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: "" });
    expect(stderr).toContain(`error[${code}] (${step}): `);
  };

  test("a working directory that is not there", () =>
    withSimulatedHost(async (host) => {
      const process = { ...plainContainer.process, cwd: "/nowhere" };
      await prepare(host, { ...plainContainer, process });
      await failing(host, "cwd-missing", "exec");
    }));

  test(
    "a file where a directory is to be mounted",
    plain(async (host) => {
      await host.must("rmdir", `${rootfs}/proc`);
      await host.writeFile(`${rootfs}/proc`, "");
      await failing(host, "mount-target-kind", "mount_proc");
    }),
  );

  test(
    "a mount that the kernel refuses",
    plain(async (host) => {
      // A root file system that nothing can be added to, and that lacks a mount point.
      await host.must("rmdir", `${rootfs}/tmp`);
      await host.must("mount", "--bind", rootfs, rootfs);
      await host.must("mount", "-o", "remount,bind,ro", rootfs);
      await failing(host, "command-failed", "mount_tmp");
    }),
  );
});

describe("standard streams of the command", () => {
  test(
    "are those of the script",
    plain(async (host) => {
      const input = "one\ntwo\n".repeat(10_000);
      const { stdout, stderr, exitCode } = await runScript(
        host,
        ["sh", "-c", "cat; echo problem >&2; exit 4"],
        { input },
      );
      expect({ same: stdout === input, stderr, exitCode }).toEqual({
        same: true,
        stderr: "problem\n",
        exitCode: 4,
      });
    }),
  );

  test(
    "work as pipes, also when the reader has gone",
    plain(async (host) => {
      const { stdout } = await host.run([
        "bash",
        "-c",
        `printf 'b\\na\\n' | ${scriptFile} -q -- sh -c 'while read -r line; do echo "<$line>"; done' | sort;
         ${scriptFile} -q -- sh -c 'while echo y; do :; done' | head -n 1`,
      ]);
      expect(stdout).toBe("<a>\n<b>\ny\n");
    }),
  );

  test(
    "are all the command gets: other descriptors of the caller stay outside",
    plain(async (host) => {
      const list = scriptCommand(["ls", "/proc/self/fd"]).join(" ");
      const { stdout } = await host.run(["bash", "-c", `${list} 5</ 9</etc/passwd 17<>/tmp/x`]);
      // 3 is the directory that ls reads.
      expect(stdout).toBe("0\n1\n2\n3\n");
    }),
  );
});
