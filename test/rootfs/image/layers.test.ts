import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { buildRootfs } from "../../../src/rootfs/build.js";
import { parseSource } from "../../../src/rootfs/source.js";
import { scratchDirectory } from "../../support/scratch.js";
import {
  directory as folder,
  file,
  hardLink,
  ociFiles,
  symlink,
  type TarEntry,
  tarOf,
  writeFiles,
} from "./make-image.js";

let directory: string;
let root: string;
beforeEach(() => {
  directory = scratchDirectory();
  root = path.join(directory, "root");
});

/** Builds an image of layers with these entries. */
async function build(...layers: readonly (readonly TarEntry[])[]) {
  const files = ociFiles({ layers: await Promise.all(layers.map(tarOf)) });
  const image = writeFiles(path.join(directory, "image"), files);
  return buildRootfs(root, parseSource(`archive:${image}`));
}

/** Every name below the root; a directory ends with "/". */
const names = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .map(
      (each) =>
        path.relative(root, path.join(each.parentPath, each.name)) +
        (each.isDirectory() ? "/" : ""),
    )
    .sort();
const at = (name: string) => path.join(root, name);
const content = (name: string) => readFileSync(at(name), "utf8");

describe("a file", () => {
  test("has its mode, owner and time, also where its directory allows nothing", async () => {
    await build([
      folder("closed", 0o500),
      file("closed/tool", "text", { mode: 0o4751, uid: 12, gid: 34, mtime: new Date(1e12) }),
      folder("sticky", 0o1777),
      folder(".", 0o711),
    ]);
    expect(statSync(at("closed/tool"))).toMatchObject({
      mode: 0o104_751,
      uid: 12,
      gid: 34,
      mtimeMs: 1e12,
    });
    expect(statSync(at("closed"))).toMatchObject({ mode: 0o40_500, mtimeMs: 1e12 });
    expect(statSync(at("sticky")).mode).toBe(0o41_777);
    expect(statSync(root).mode).toBe(0o40_711);
  });

  test("has the owner and time of an extended header, and names of any length", async () => {
    const long = `${"directory/".repeat(20)}${"é汉字".repeat(20)}`;
    await build([
      file(long, "long", { pax: { path: long, uid: "3000000", mtime: "1000000000.25" } }),
    ]);
    expect(content(long)).toBe("long");
    expect(statSync(at(long))).toMatchObject({ uid: 3_000_000, mtimeMs: 1_000_000_000_250 });
  });

  test("makes the directories above it, readable by all", async () => {
    await build([file("a/b/c")]);
    expect(statSync(at("a/b")).mode).toBe(0o40_755);
  });

  test("may be a link, a hard link, a pipe or an empty file", async () => {
    await build([
      file("empty", ""),
      file("one"),
      hardLink("two", "./one"),
      hardLink("three", "/one"),
      symlink("absolute", "/one"),
      symlink("up", "../../../one"),
      { name: "pipe", type: "fifo", mode: 0o620 },
    ]);
    expect(statSync(at("one"))).toMatchObject({ nlink: 3 });
    expect(readlinkSync(at("absolute"))).toBe("/one");
    expect(readlinkSync(at("up"))).toBe("../../../one");
    expect(lstatSync(at("pipe")).mode).toBe(0o10_620);
    expect(content("empty")).toBe("");
  });

  test("keeps its capabilities", async () => {
    // vfs_cap_data of revision 2 for cap_net_raw=ep, see linux/capability.h
    const data = Buffer.from("0100000200200000000000000000000000000000", "hex");
    const { notes } = await build([
      file("ping", "", { pax: { "SCHILY.xattr.security.capability": data.toString() } }),
      file("other", "", { pax: { "SCHILY.xattr.trusted.overlay.opaque": "y" } }),
      file("lossy", "", { pax: { "SCHILY.xattr.security.capability": "\ufffd" } }),
    ]);
    const value = execFileSync("python3", [
      "-c",
      "import os, sys; print(os.getxattr(sys.argv[1], 'security.capability').hex())",
      at("ping"),
    ]);
    expect(value.toString().trim()).toBe(data.toString("hex"));
    expect(notes).toEqual([
      { code: "rootfs-attributes-left-out", values: { count: "1", names: "/lossy" } },
    ]);
  });

  test("may be a device that harms nobody; others are left out and named", async () => {
    const device = (name: string, devmajor: number, devminor: number): TarEntry => ({
      name,
      type: "character-device",
      devmajor,
      devminor,
      mode: 0o666,
    });
    const { notes } = await build([
      device("dev/null", 1, 3),
      device("dev/mem", 1, 1),
      device("dev/console", 5, 1),
      { ...device("dev/sda", 8, 0), type: "block-device" },
    ]);
    expect(readdirSync(at("dev"))).toEqual(["null"]);
    expect(statSync(at("dev/null"))).toMatchObject({ mode: 0o20_666, rdev: 0x103 });
    expect(notes).toEqual([
      {
        code: "rootfs-devices-left-out",
        values: { count: "3", names: "/dev/mem, /dev/console, /dev/sda" },
      },
    ]);
  });
});

describe("an upper layer", () => {
  test("replaces what a lower one has, whatever both are", async () => {
    const kinds = {
      file: (name: string) => [file(name)],
      directory: (name: string) => [folder(name), file(`${name}/inside`)],
      link: (name: string) => [symlink(name, "/etc")],
    };
    const pairs = Object.entries(kinds).flatMap(([lower, makeLower]) =>
      Object.entries(kinds).map(([upper, makeUpper]) => {
        const name = `${lower}-${upper}`;
        return { name, upper, lower: makeLower(name), above: makeUpper(name) };
      }),
    );
    await build(
      pairs.flatMap((each) => each.lower),
      pairs.flatMap((each) => each.above),
    );
    for (const { name, upper } of pairs) {
      const status = lstatSync(at(name));
      expect([status.isFile(), status.isDirectory(), status.isSymbolicLink()]).toEqual([
        upper === "file",
        upper === "directory",
        upper === "link",
      ]);
    }
    expect(names()).not.toContain("etc/");
  });

  test("adds to a directory that both have, and changes its mode", async () => {
    await build(
      [folder("d", 0o700), file("d/lower")],
      [folder("d", 0o750), file("d/upper")],
      [file("d/third")],
    );
    expect(names()).toEqual(["d/", "d/lower", "d/third", "d/upper"]);
    expect(statSync(at("d")).mode).toBe(0o40_750);
  });

  test("writes through a link of a lower one to where it leads inside", async () => {
    await build(
      [
        folder("run"),
        symlink("var/run", "/run"),
        symlink("lib", "usr/lib"),
        symlink("up", "../../.."),
      ],
      [file("var/run/one"), file("lib/two"), file("up/three"), hardLink("four", "/var/run/one")],
    );
    expect(names()).toEqual([
      "four",
      "lib",
      "run/",
      "run/one",
      "three",
      "up",
      "usr/",
      "usr/lib/",
      "usr/lib/two",
      "var/",
      "var/run",
    ]);
  });

  test("changes one name of a file with several, and not the others", async () => {
    await build([file("a", "old"), hardLink("b", "a")], [file("a", "new")]);
    expect([content("a"), content("b")]).toEqual(["new", "old"]);
  });
});

describe("a whiteout", () => {
  const lower = [
    folder("d", 0o700),
    file("d/a"),
    file("d/b"),
    file("d/sub/deep"),
    file("top"),
    symlink("link", "/d"),
  ];

  test("removes a file, a directory or a link, and not what that leads to", async () => {
    await build(lower, [file("d/.wh.a"), file("d/.wh.sub"), file(".wh.link"), file(".wh.top")]);
    expect(names()).toEqual(["d/", "d/b"]);
  });

  test("removes nothing that its own layer brings, before or after it", async () => {
    await build(lower, [
      file("d/a", "new"),
      file("d/.wh.a"),
      file("d/sub/new"),
      file("d/.wh.sub"),
      file(".wh.top"),
      file("top", "new"),
    ]);
    expect(names()).toEqual(["d/", "d/a", "d/b", "d/sub/", "d/sub/new", "link", "top"]);
    expect([content("d/a"), content("top")]).toEqual(["new", "new"]);
  });

  test("of a whole directory removes all that lay in it before", async () => {
    await build(lower, [file("d/new"), file("d/sub/new"), file("d/.wh..wh..opq")]);
    expect(names()).toEqual(["d/", "d/new", "d/sub/", "d/sub/new", "link", "top"]);
    expect(statSync(at("d")).mode).toBe(0o40_700);
  });

  test("is not there itself, nor are other marks of union file systems", async () => {
    await build(lower, [
      file(".wh.nothing"),
      file("nowhere/.wh.nothing"),
      file("nowhere/.wh..wh..opq"),
      folder(".wh..wh.plnk"),
      file(".wh..wh.plnk/1.2"),
      file(".wh..wh.aufs"),
    ]);
    expect(names().filter((name) => name.includes(".wh."))).toEqual([]);
    expect(names()).not.toContain("nowhere/");
  });

  test("takes effect in its own layer, so that a later one may bring the file back", async () => {
    await build(lower, [file("d/.wh.a")], [file("d/a", "again")]);
    expect(content("d/a")).toBe("again");
  });

  test("reaches through links to where they lead inside", async () => {
    await build(lower, [file("link/.wh.a")]);
    expect(names()).not.toContain("d/a");
    expect(names()).toContain("d/b");
  });
});
