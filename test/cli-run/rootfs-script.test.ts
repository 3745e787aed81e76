/** Scripts that make root file systems: they make the same as `cooper rootfs build`, and as carefully. */
import { copyFile, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import {
  directory,
  dockerFiles,
  file,
  hardLink,
  symlink,
  type TarEntry,
  tarOf,
  writeTar,
} from "../rootfs/image/make-image.js";
import { scratchDirectory } from "../support/scratch.js";
import { cooper, useCooper } from "./cooper.js";

useCooper();

const script = "/tmp/make.sh";

/** Everything about the files below a directory but when they were made. */
async function tree(host: SimulatedHost, place: string): Promise<string> {
  const format = "%P %y %m %U:%G %s %l\\n";
  const list = `cd ${place} && find . ! -type d -printf '${format}' -o -type d -printf '%P d %m %U:%G\\n' | sort`;
  const sums = `cd ${place} && find . -type f -exec sha256sum {} + | sort`;
  return (await host.must("sh", "-c", list)) + (await host.must("sh", "-c", sums));
}

/** Writes the script of a source. */
async function compile(host: SimulatedHost, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await cooper(host, ["rootfs", "script", ...args, "-o", script]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
}

const layers: TarEntry[][] = [
  [
    directory("bin"),
    file("bin/tool", "the tool", { mode: 0o4755 }),
    file("bin/replaced", "old"),
    directory("opaque"),
    file("opaque/hidden", "x"),
    file("deleted", "x"),
    hardLink("hard", "bin/tool"),
    symlink("sh", "/bin/tool"),
  ],
  [
    file("bin/replaced", "new", { uid: 1000, gid: 1001 }),
    file("opaque/.wh..wh..opq"),
    file("opaque/shown", "y"),
    file(".wh.deleted"),
    file("with 'quotes' $(id) 汉字", "z"),
  ],
];

/** An archive of an image, in the simulated host. */
async function putArchive(host: SimulatedHost, place: string): Promise<void> {
  const made = await writeTar(
    path.join(scratchDirectory(), "image.tar"),
    dockerFiles({ layers: await Promise.all(layers.map(tarOf)) }),
  );
  await copyFile(made, host.path(place));
}

describe("a script makes what `cooper rootfs build` makes", () => {
  test("from the host", () =>
    withSimulatedHost(async (host) => {
      const asked = ["--commands", "sh,env", "--copy", "/etc/debian_version"];
      expect(await cooper(host, ["rootfs", "build", "/tmp/direct", ...asked])).toMatchObject({
        exitCode: 0,
      });
      await compile(host, ...asked);
      expect(await host.run([script, "/tmp/scripted"])).toMatchObject({ exitCode: 0, stdout: "" });
      expect(await tree(host, "/tmp/scripted")).toBe(await tree(host, "/tmp/direct"));
      expect(await host.must("chroot", "/tmp/scripted", "/bin/sh", "-c", "echo $((6 * 7))")).toBe(
        "42\n",
      );
    }));

  test("from an archive, and the second time from what was kept", () =>
    withSimulatedHost(async (host) => {
      await putArchive(host, "/tmp/image.tar");
      const from = ["--from", "archive:/tmp/image.tar"];
      expect(await cooper(host, ["rootfs", "build", "/tmp/direct", ...from])).toMatchObject({
        exitCode: 0,
      });
      await compile(host, ...from);
      expect(await host.run([script, "/tmp/scripted"])).toMatchObject({ exitCode: 0 });
      expect(await tree(host, "/tmp/scripted")).toBe(await tree(host, "/tmp/direct"));
      const again = await host.run([script, "/tmp/again"]);
      expect(again.exitCode).toBe(0);
      expect(again.stderr).toContain("--no-cache");
      expect(await tree(host, "/tmp/again")).toBe(await tree(host, "/tmp/direct"));
    }));
});

describe("a script leaves nothing when", () => {
  test("the archive is another than the one it was made for", () =>
    withSimulatedHost(async (host) => {
      await putArchive(host, "/tmp/image.tar");
      await compile(host, "--from", "archive:/tmp/image.tar", "--lang", "en");
      await host.must(
        "sh",
        "-c",
        "mkdir /tmp/x && cd /tmp/x && tar xf ../image.tar && find . -name '*.tar' -exec sh -c 'printf x >>\"$1\"' sh {} ';' && tar cf ../image.tar * && rm -r /tmp/x",
      );
      const { exitCode, stderr } = await host.run([script, "/tmp/new/root"]);
      expect(exitCode).toBe(125);
      expect(stderr).toContain("[rootfs-digest]");
      await expect(readdir(host.path("/tmp/new"))).rejects.toMatchObject({ code: "ENOENT" });
    }));

  test("its place is taken", () =>
    withSimulatedHost(async (host) => {
      await compile(host);
      await host.writeFile("/tmp/taken/file", "mine");
      const { exitCode, stderr } = await host.run([script, "/tmp/taken"]);
      expect({ exitCode, code: stderr.includes("[rootfs-exists]") }).toEqual({
        exitCode: 125,
        code: true,
      });
      expect(await readdir(host.path("/tmp/taken"))).toEqual(["file"]);
    }));

  test.each(["SIGTERM", "SIGINT"] as const)("%s ends it", (signal) =>
    withSimulatedHost(async (host) => {
      await compile(host, "--copy", "/usr/lib/python3", "--copy", "/usr/share");
      const making = host.spawn([script, "/tmp/new/root"], { input: "" });
      await sleep(300);
      expect(making.ended).toBe(false);
      await making.kill(signal);
      const { exitCode } = await making.wait();
      expect(exitCode).toBe(signal === "SIGTERM" ? 143 : 130);
      await expect(readdir(host.path("/tmp/new"))).rejects.toMatchObject({ code: "ENOENT" });
    }),
  );
});
