import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildHostRootfs, MissingCommandError } from "../../src/rootfs/host.js";
import { deviceNodes, directories } from "../../src/rootfs/layout.js";
import { scratchDirectory } from "../support/scratch.js";
import { commandFile, systemPath } from "../support/tools.js";

let directory: string;
let root: string;
beforeEach(() => {
  directory = scratchDirectory();
  root = path.join(directory, "new/root");
  vi.stubEnv("PATH", systemPath);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A PATH that has these commands and no others. */
function onlyCommands(...commands: string[]): void {
  const bin = path.join(directory, "bin");
  mkdirSync(bin);
  for (const command of commands) symlinkSync(commandFile(command), path.join(bin, command));
  vi.stubEnv("PATH", bin);
}

/** Runs a command in the root file system, in a mount namespace of its own. */
function inside(...command: string[]) {
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--", "chroot", root, ...command],
    { env: { PATH: `${systemPath}:/bin` }, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("whatever the commands come from", () => {
  test("has the directories, accounts and devices that programs expect", async () => {
    await buildHostRootfs(root, ["sh"]);
    for (const each of directories)
      expect(statSync(path.join(root, each)).isDirectory()).toBe(true);
    expect(statSync(path.join(root, "tmp")).mode & 0o7777).toBe(0o1777);
    expect(readFileSync(path.join(root, "etc/passwd"), "utf8")).toMatch(/^root:x:0:0:/);
    expect(readFileSync(path.join(root, "etc/group"), "utf8")).toMatch(/^root:x:0:/);
    for (const { name, major, minor } of deviceNodes) {
      const { mode, rdev } = statSync(path.join(root, "dev", name));
      expect({ type: mode & 0o170_000, mode: mode & 0o777, rdev }).toEqual({
        type: 0o020_000,
        mode: 0o666,
        rdev: major * 256 + minor,
      });
    }
  });

  test("a directory that exists is left alone", async () => {
    mkdirSync(root, { recursive: true });
    await expect(buildHostRootfs(root, ["sh"])).rejects.toMatchObject({ code: "EEXIST" });
    expect(readdirSync(root)).toEqual([]);
  });

  test.each(["no-such-command", "../../../etc/passwd", "/bin/sh", "..", ""])(
    "a command %j that this host does not have leaves nothing behind",
    async (command) => {
      onlyCommands("ldd", "mknod", "bash");
      await expect(buildHostRootfs(root, ["bash", command])).rejects.toThrow(MissingCommandError);
      expect(existsSync(root)).toBe(false);
      expect(readdirSync(path.dirname(root))).toEqual([]);
    },
  );
});

describe("with a static busybox", () => {
  test("has all of its commands, as links", async () => {
    expect(await buildHostRootfs(root, ["sh"])).toEqual({ source: "busybox" });
    expect(readlinkSync(path.join(root, "bin/sh"))).toBe("/bin/busybox");
    const applets = execFileSync("busybox", ["--list"], { encoding: "utf8" }).trim().split("\n");
    for (const applet of applets) expect(lstatSync(path.join(root, "bin", applet))).toBeDefined();
    expect(inside("/bin/sh", "-c", "echo $((6 * 7)); ls /; id -u").stdout).toMatch(
      /^42\nbin\n[^]*\n0\n$/,
    );
  });

  test("has what was asked for besides", async () => {
    await buildHostRootfs(root, ["sh", "bash"]);
    expect(inside("/bin/bash", "-c", "printf %s ${BASH_VERSINFO[0]}").stdout).toBe("5");
  });
});

describe("without busybox", () => {
  test("has the commands asked for with their libraries, and no others", async () => {
    onlyCommands("ldd", "mknod", "sh", "bash", "ls", "cat");
    expect(await buildHostRootfs(root, ["sh", "ls"])).toEqual({ source: "commands" });
    expect(readdirSync(path.join(root, "bin")).sort()).toEqual(["ls", "sh"]);
    const { status, stdout, stderr } = inside("/bin/sh", "-c", "ls /bin && echo done");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "ls\nsh\ndone\n", stderr: "" });
  });

  test("a busybox that needs libraries is a command like any other", async () => {
    onlyCommands("ldd", "mknod", "bash");
    symlinkSync(commandFile("bash"), path.join(directory, "bin/busybox"));
    expect(await buildHostRootfs(root, ["bash"])).toEqual({ source: "commands" });
    expect(inside("/bin/bash", "-c", "echo ok").stdout).toBe("ok\n");
  });
});
