/** A root file system of the distribution and from the mirror that this machine itself is installed from. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { withSimulatedHost } from "../host/simulated-host.js";
import { scratchDirectory } from "../support/scratch.js";
import { systemPath } from "../support/tools.js";
import { cooper, cooperCommand, useCooper } from "./cooper.js";

useCooper();

/** The suite of this machine, as its apt has it configured. */
const ownSuite = () =>
  execFileSync("apt-get", ["indextargets", "--format", "$(RELEASE)", "Created-By: Packages"], {
    encoding: "utf8",
  }).split("\n")[0] ?? "";

describe("for real", () => {
  let directory: string;
  beforeEach(() => {
    directory = scratchDirectory();
  });

  /** Not in a simulated host: from there no mirror can be reached. debootstrap has namespaces of its own. */
  function start(...args: string[]) {
    const [node, ...rest] = cooperCommand("rootfs", "build", "--lang", "en", ...args);
    const child = spawn(node, rest, {
      env: { PATH: systemPath, XDG_CACHE_HOME: path.join(directory, "cache") },
      stdio: ["ignore", "inherit", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = once(child, "close").then(([status]) => ({ status: status as number, stderr }));
    return { child, ended };
  }

  const listing = (root: string) =>
    execFileSync("find", [root, "-printf", "%P %y %m %U:%G %s %T@ %l %n\n"], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    })
      .split("\n")
      // The size of a directory is the file system's business.
      .map((line) => (/^\S* d /.test(line) ? line.replace(/ \d+ (?=\d+\.\d+ )/, " ") : line))
      .sort()
      .join("\n");

  test("debootstrap:SUITE, then the same from the cache", async () => {
    const suite = ownSuite();
    const from = ["--from", `debootstrap:${suite}`, "--variant", "minbase"];
    const root = path.join(directory, "root");
    const first = await start(...from, root).ended;
    expect(first, first.stderr).toMatchObject({ status: 0 });
    expect(first.stderr).toMatch(new RegExp(`^${root}: a root file system made from ${suite} of `));
    expect(readFileSync(path.join(root, "etc/os-release"), "utf8")).toContain(suite);
    expect(execFileSync("chroot", [root, "/usr/bin/dpkg", "--audit"], { encoding: "utf8" })).toBe(
      "",
    );
    expect(readdirSync(path.join(root, "proc"))).toEqual([]);
    const second = await start(...from, `${root}-2`).ended;
    expect(second.stderr).toContain(path.join(directory, "cache/cooper/rootfs"));
    expect(listing(`${root}-2`)).toBe(listing(root));
  }, 600_000);

  test("an interruption leaves neither files nor mounts nor processes", async () => {
    const mounts = readFileSync("/proc/self/mountinfo", "utf8");
    const root = path.join(directory, "root");
    const { child, ended } = start(
      "--from",
      `debootstrap:${ownSuite()}`,
      "--variant",
      "minbase",
      root,
    );
    const partial = `${root}.${String(child.pid)}.partial`;
    while (!existsSync(path.join(partial, "debootstrap"))) await sleep(10);
    await sleep(500);
    child.kill("SIGINT");
    expect(await ended).toEqual({ status: 130, stderr: "" });
    expect(readdirSync(directory)).toEqual([]);
    expect(readFileSync("/proc/self/mountinfo", "utf8")).toBe(mounts);
    const processes = execFileSync("ps", ["-e", "-o", "args"], { encoding: "utf8" });
    expect(processes).not.toContain(partial);
  }, 120_000);

  test("a file that is no keyring of the suite is told from a mirror that is not there", async () => {
    const keyring = path.join(directory, "keys.gpg");
    writeFileSync(keyring, "");
    const outcome = await start(
      "--from",
      `debootstrap:${ownSuite()}`,
      "--keyring",
      keyring,
      path.join(directory, "root"),
    ).ended;
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain("[rootfs-signature]");
    expect(readdirSync(directory)).toEqual(["keys.gpg"]);
  });
});

test("what stands in the way has a code, and leaves nothing", () =>
  withSimulatedHost(async (host) => {
    await host.must("mkdir", "/tmp/work");
    await host.must("chmod", "777", "/tmp/work");
    const build = (name: string, ...args: string[]) =>
      [
        ...cooperCommand("rootfs", "build", "--lang", "en", "--from", `debootstrap:${name}`),
        ...args,
        "/tmp/work/root",
      ] as [string, ...string[]];
    const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;
    // The simulated host has no network but this.
    const nowhere = ["--mirror", "http://127.0.0.1:9/debian"];
    for (const [code, command] of [
      ["rootfs-not-root", [...nobody, ...build("bookworm")]],
      ["rootfs-mirror", build("bookworm", ...nowhere)],
      ["rootfs-suite", build("no-such-suite", ...nowhere)],
    ] as const) {
      // As cron has it: without the directory that debootstrap is in.
      const { exitCode, stderr } = await host.run(command as [string, ...string[]], {
        env: { PATH: "/usr/bin:/bin" },
      });
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`[${code}]`);
    }
    await host.must("mount", "--bind", "/dev/null", "/usr/sbin/debootstrap");
    const args = ["rootfs", "build", "--from", "debootstrap:sid", "/tmp/work/root"];
    const missing = await cooper(host, args);
    expect(missing.stderr).toContain("apt-get install debootstrap");
    expect(readdirSync(host.path("/tmp/work"))).toEqual([]);
  }));

test("a disk that becomes full is told, whatever the tool makes of it", () =>
  withSimulatedHost(async (host) => {
    mkdirSync(host.path("/tmp/small"));
    await host.must("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/tmp/small");
    const filling =
      '#!/bin/sh\nfor root; do :; done\nshift $(($# - 2))\nhead -c 4M /dev/zero >"$1/file" || exit 1\n';
    await host.writeFile("/tmp/bin/debootstrap", filling, 0o755);
    const args = [
      "rootfs",
      "build",
      "--from",
      "debootstrap:sid",
      "--mirror",
      "http://127.0.0.1:9/",
      "/tmp/small/root",
    ];
    const { exitCode, stderr } = await cooper(host, args, {
      env: { PATH: "/tmp/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    expect({ exitCode, code: /\[(.*?)\]/.exec(stderr)?.[1] }).toEqual({
      exitCode: 1,
      code: "rootfs-disk-full",
    });
    expect(readdirSync(host.path("/tmp/small"))).toEqual([]);
  }));
