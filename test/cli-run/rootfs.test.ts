/** Root file systems made by people: without root, without room, in a hurry. */
import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { chinese } from "../support/chinese.js";
import { cooper, cooperCommand, useCooper } from "./cooper.js";

useCooper();

const build = (...args: string[]) => cooperCommand("rootfs", "build", ...args);

const entries = async (host: SimulatedHost, directory: string) =>
  (await readdir(host.path(directory))).sort();

test("is silent in a pipe but for the result, and tells where a copy was taken from", () =>
  withSimulatedHost(async (host) => {
    const first = await host.run(build("/tmp/a"));
    expect(first).toMatchObject({ exitCode: 0, stdout: "" });
    expect(first.stderr).toMatch(
      /^\/tmp\/a: a root file system made from this host's busybox in [\d.]+ s\n$/,
    );
    const second = await host.run(build("/tmp/b", "--lang", "zh"));
    expect(second.stderr).toMatch(chinese);
    expect(second.stderr).toContain("/tmp/.cache/cooper/rootfs/");
    expect(second.stderr).toContain("--no-cache");
    expect(second.stderr.split("\n")).toHaveLength(2);
    expect((await host.run(build("/tmp/c", "--no-cache"))).stderr).not.toContain(".cache");
    expect(await host.run(build("-q", "/tmp/d"))).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await host.must("chroot", "/tmp/d", "/bin/sh", "-c", "echo $((6 * 7))")).toBe("42\n");
  }));

test("tells on a terminal what happens, in a line that is gone afterwards", () =>
  withSimulatedHost(async (host) => {
    const line = build("/tmp/a").join(" ");
    const { stdout } = await host.run(["script", "-qec", line, "/dev/null"]);
    expect(stdout).toMatch(/^\r\u001b\[Kcopying from this host\r\u001b\[K\/tmp\/a: [^\r]*\r\n$/);
  }));

test("what is wrong has a code, says what to do, and leaves nothing", () =>
  withSimulatedHost(async (host) => {
    await host.must("mkdir", "/tmp/full", "/tmp/disk", "/tmp/work");
    await host.must("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/tmp/full");
    await host.must("mount", "-t", "tmpfs", "tmpfs", "/tmp/disk");
    await host.writeFile("/tmp/work/file", "");
    for (const [code, ...args] of [
      ["rootfs-disk-full", "/tmp/full/root"],
      ["rootfs-mount-point", "/tmp/disk"],
      ["rootfs-exists", "/tmp/work"],
      ["rootfs-exists", "/tmp/work/file"],
      ["rootfs-source", "/tmp/work/root", "--from", "hots"],
      ["rootfs-no-command", "/tmp/work/root", "--commands", "no-such-command"],
      ["rootfs-no-path", "/tmp/work/root", "--copy", "/no/such/path"],
      ["rootfs-copies-itself", "/tmp/work/root", "--copy", "/tmp/work"],
    ] as const)
      for (const language of ["en", "zh"]) {
        const { exitCode, stdout, stderr } = await host.run(build(...args, "--lang", language));
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
        expect(stderr).toContain(`[${code}]`);
        expect(stderr.trim().split("\n")).toHaveLength(1);
        expect(chinese.test(stderr)).toBe(language === "zh");
      }
    expect(await entries(host, "/tmp/full")).toEqual([]);
    expect(await entries(host, "/tmp/work")).toEqual(["file"]);
  }));

test("a tool that is missing is named with its package", () =>
  withSimulatedHost(async (host) => {
    await host.must("mkdir", "/tmp/bin");
    await host.must("ln", "-s", "/usr/bin/mknod", "/usr/bin/busybox", "/tmp/bin");
    const { exitCode, stderr } = await cooper(host, ["rootfs", "build", "/tmp/a"], {
      env: { PATH: "/tmp/bin" },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        "cooper: error[rootfs-tool]: ldd is not installed; install it: apt-get install libc-bin\n",
    });
  }));

test("needs no root, and says what is missing then", () =>
  withSimulatedHost(async (host) => {
    await host.must("install", "-d", "-o", "nobody", "/tmp/home");
    const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;
    for (const place of ["/tmp/home/a", "/tmp/home/b"]) {
      const { exitCode, stderr } = await host.run(
        [...asNobody, ...build(place, "--commands", "sh,bash")],
        {
          env: { HOME: "/tmp/home" },
        },
      );
      expect({ exitCode, stderr }).toEqual({
        exitCode: 0,
        stderr: expect.stringMatching(/device nodes[^\n]*\n\/tmp\/home\/.: /) as string,
      });
    }
    expect(await entries(host, "/tmp/home/b/dev")).toEqual([]);
    expect(await host.must("chroot", "/tmp/home/b", "/bin/bash", "-c", "echo $((6 * 7))")).toBe(
      "42\n",
    );
  }));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends what is under way, and leaves nothing", (signal, status) =>
  withSimulatedHost(async (host) => {
    await host.must("mkdir", "/tmp/work");
    const slow = "#!/bin/sh\necho $$ >/tmp/pid.new; mv /tmp/pid.new /tmp/pid; exec sleep 1000\n";
    await host.writeFile("/tmp/bin/cp", slow, 0o755);
    const building = host.spawn(build("/tmp/work/a", "--commands", "sh,bash"), {
      env: { PATH: "/tmp/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    while (!(await entries(host, "/tmp")).includes("pid")) await sleep(5);
    const pid = (await host.readFile("/tmp/pid")).trim();
    expect(await entries(host, "/tmp/work")).toHaveLength(1);
    await building.kill(signal);
    expect(await building.wait()).toMatchObject({ exitCode: status, stdout: "", stderr: "" });
    expect(await entries(host, "/tmp/work")).toEqual([]);
    expect(await entries(host, "/proc")).not.toContain(pid);
  }),
);
