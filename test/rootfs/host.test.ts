import { execFileSync, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildRootfs } from "../../src/rootfs/build.js";
import { deviceNodes, directories } from "../../src/rootfs/layout.js";
import { parseSource } from "../../src/rootfs/source.js";
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

/** Builds from the host, without a cache. */
const build = (commands: readonly string[], copy: readonly string[] = []) =>
  buildRootfs(root, parseSource("host", { commands, copy }));

const fromBusybox = { from: { code: "rootfs-from-host", values: { commands: "busybox" } } };
const fromCommands = { from: { code: "rootfs-from-host", values: { commands: "commands" } } };

/** A PATH that has these commands and no others. */
function onlyCommands(...commands: string[]): void {
  const bin = path.join(directory, "bin");
  mkdirSync(bin);
  for (const command of commands) symlinkSync(commandFile(command), path.join(bin, command));
  vi.stubEnv("PATH", bin);
}

/** Runs a command in the root file system, in a mount namespace of its own where it has /proc. */
function inside(...command: string[]) {
  const enter = 'mount -t proc proc "$1/proc" && exec chroot "$@"';
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--", "/bin/sh", "-c", enter, "sh", root, ...command],
    { env: { PATH: `${systemPath}:/bin` }, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("whatever the commands come from", () => {
  test("has the directories, accounts and devices that programs expect", async () => {
    await build(["sh"]);
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

  test.each(["no-such-command", "../../../etc/passwd", "/bin/sh", "..", ""])(
    "a command %j that this host does not have leaves nothing behind",
    async (command) => {
      onlyCommands("ldd", "mknod", "cp", "bash");
      await expect(build(["bash", command])).rejects.toMatchObject({
        code: "rootfs-no-command",
        values: { command },
      });
      expect(existsSync(root)).toBe(false);
      expect(existsSync(path.dirname(root))).toBe(false);
    },
  );

  test("a path that this host does not have is named", async () => {
    await expect(build(["sh"], ["/no/such/path"])).rejects.toMatchObject({
      code: "rootfs-no-path",
      values: { path: "/no/such/path" },
    });
  });
});

describe("with a static busybox", () => {
  test("has all of its commands, as links", async () => {
    expect(await build(["sh"])).toMatchObject(fromBusybox);
    expect(readlinkSync(path.join(root, "bin/sh"))).toBe("/bin/busybox");
    const applets = execFileSync("busybox", ["--list"], { encoding: "utf8" }).trim().split("\n");
    for (const applet of applets) expect(lstatSync(path.join(root, "bin", applet))).toBeDefined();
    expect(inside("/bin/sh", "-c", "echo $((6 * 7)); ls /; id -u").stdout).toMatch(
      /^42\nbin\n[^]*\n0\n$/,
    );
  });

  test("has what was asked for besides", async () => {
    await build(["sh", "bash"]);
    expect(inside("/bin/bash", "-c", "printf %s ${BASH_VERSINFO[0]}").stdout).toBe("5");
  });
});

describe("without busybox", () => {
  test("has the commands asked for with their libraries, and no others", async () => {
    onlyCommands("ldd", "mknod", "cp", "sh", "bash", "ls", "cat");
    expect(await build(["sh", "ls"])).toMatchObject(fromCommands);
    expect(readdirSync(path.join(root, "bin")).sort()).toEqual(["ls", "sh"]);
    const { status, stdout, stderr } = inside("/bin/sh", "-c", "ls /bin && echo done");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "ls\nsh\ndone\n", stderr: "" });
  });

  test("a busybox that needs libraries is a command like any other", async () => {
    onlyCommands("ldd", "mknod", "cp", "bash");
    symlinkSync(commandFile("bash"), path.join(directory, "bin/busybox"));
    expect(await build(["bash"])).toMatchObject(fromCommands);
    expect(inside("/bin/bash", "-c", "echo ok").stdout).toBe("ok\n");
  });
});

describe("what else a command needs", () => {
  /** A script of the host's that is found as a command. */
  function script(name: string, text: string): void {
    const bin = path.join(directory, "scripts");
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, name), text, { mode: 0o755 });
    vi.stubEnv("PATH", `${bin}:${systemPath}`);
  }

  test("the interpreter of a script, and the command that env looks up for one", async () => {
    script("direct", "#!/bin/bash\necho direct ${BASH_VERSINFO[0]}\n");
    script("by-env", "#!/usr/bin/env -S bash -e\necho by-env ${BASH_VERSINFO[0]}\n");
    await build(["direct", "by-env"]);
    expect(inside("/bin/direct").stdout).toBe("direct 5\n");
    expect(inside("/bin/by-env").stdout).toBe("by-env 5\n");
  });

  test("an interpreter that this host does not have is named", async () => {
    script("broken", "#!/no/such/interpreter\n");
    await expect(build(["broken"])).rejects.toMatchObject({
      code: "rootfs-no-path",
      values: { path: "/no/such/interpreter" },
    });
  });

  test("python3 with its standard library, and the libraries of its modules", async () => {
    vi.stubEnv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    const python = realpathSync("/usr/bin/python3");
    const library = path.join("/usr/lib", path.basename(python));
    await build(["python3"], [library]);
    const program = "import json, sys, zlib, _ctypes; print(json.dumps([6 * 7, sys.prefix]))";
    expect(inside("/bin/python3", "-c", program)).toEqual({
      status: 0,
      stdout: '[42, "/usr"]\n',
      stderr: "",
    });
    // Scripts name it by its place on the host.
    expect(inside("/usr/bin/python3", "--version").status).toBe(0);
  });

  test("libraries outside the loader's own directories", async () => {
    const place = path.join(directory, "odd place/lib");
    mkdirSync(place, { recursive: true });
    const source = path.join(directory, "main.c");
    writeFileSync(path.join(directory, "odd.c"), "int odd(void) { return 41; }\n");
    writeFileSync(source, "int odd(void);\nint main(void) { return odd() + 1; }\n");
    const real = path.join(place, "libodd.so.1.0");
    execFileSync(
      "gcc",
      ["-shared", "-fPIC", "-Wl,-soname,libodd.so.1"].concat(
        "-o",
        real,
        path.join(directory, "odd.c"),
      ),
    );
    symlinkSync("libodd.so.1.0", path.join(place, "libodd.so.1"));
    const bin = path.join(directory, "odd place/bin");
    mkdirSync(bin);
    const program = path.join(bin, "uses-odd");
    execFileSync("gcc", ["-o", program, source, real, "-Wl,-rpath,$ORIGIN/../lib"]);
    vi.stubEnv("PATH", `${bin}:${systemPath}`);
    await build(["uses-odd"]);
    expect(inside("/bin/uses-odd").status).toBe(42);
  });

  test("a copied tree keeps links, modes, owners and times, and its links lead nowhere else", async () => {
    const tree = path.join(directory, "tree");
    mkdirSync(path.join(tree, "deep"), { recursive: true });
    writeFileSync(path.join(tree, "deep/file"), "text", { mode: 0o640 });
    chownSync(path.join(tree, "deep/file"), 12, 34);
    utimesSync(path.join(tree, "deep/file"), 1_000_000_000, 1_000_000_000);
    symlinkSync("deep/file", path.join(tree, "link"));
    linkSync(path.join(tree, "deep/file"), path.join(tree, "hard"));
    const outside = path.join(directory, "outside");
    mkdirSync(outside);
    symlinkSync(outside, path.join(tree, "out"));
    await build(["sh"], [tree, path.join(tree, "link")]);
    const copy = path.join(root, tree);
    expect(statSync(path.join(copy, "deep/file"))).toMatchObject({
      mode: 0o100_640,
      uid: 12,
      gid: 34,
      mtimeMs: 1e12,
      nlink: 2,
    });
    expect(readlinkSync(path.join(copy, "link"))).toBe("deep/file");
    expect(readlinkSync(path.join(copy, "out"))).toBe(outside);
    expect(existsSync(path.join(root, outside))).toBe(false);
  });

  test("a tree that has the directory to make in it is refused", async () => {
    for (const tree of [directory, "/"])
      await expect(build(["sh"], [tree])).rejects.toMatchObject({ code: "rootfs-copies-itself" });
    expect(existsSync(path.dirname(root))).toBe(false);
  });
});
