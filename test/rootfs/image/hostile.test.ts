/** Images that want to do something to the host. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { buildRootfs } from "../../../src/rootfs/build.js";
import { parseSource } from "../../../src/rootfs/source.js";
import { scratchDirectory } from "../../support/scratch.js";
import {
  directory as folder,
  dockerFiles,
  file,
  hardLink,
  symlink,
  type TarEntry,
  tarOf,
  writeTar,
} from "./make-image.js";

let directory: string;
let root: string;
/** A directory of the host's with a file in it, which nothing may change. */
let outside: string;
beforeEach(() => {
  directory = scratchDirectory();
  root = path.join(directory, "work/root");
  outside = path.join(directory, "outside");
  mkdirSync(outside);
  mkdirSync(path.dirname(root));
  writeFileSync(path.join(outside, "victim"), "untouched");
});

async function build(...layers: readonly (readonly TarEntry[])[]) {
  const archive = path.join(directory, "image.tar");
  await writeTar(archive, dockerFiles({ layers: await Promise.all(layers.map(tarOf)) }));
  return buildRootfs(root, parseSource(`archive:${archive}`));
}

function expectOutsideUntouched(): void {
  expect(readdirSync(directory).sort()).toEqual(["image.tar", "outside", "work"]);
  expect(readdirSync(outside)).toEqual(["victim"]);
  expect(lstatSync(path.join(outside, "victim"))).toMatchObject({
    nlink: 1,
    mode: 0o100_644,
    uid: 0,
  });
  expect(readFileSync(path.join(outside, "victim"), "utf8")).toBe("untouched");
}

/** How a layer may name something outside: the root will be work/root.PID.partial. */
const out = "../../outside";

describe("is refused, and nothing of it is left:", () => {
  test.each<[string, string, TarEntry[]]>([
    ["a file above the root", "rootfs-entry-escapes", [file("../evil")]],
    ["a file far above the root", "rootfs-entry-escapes", [file(`${out}/victim`, "evil")]],
    ["a file behind a detour", "rootfs-entry-escapes", [file(`a/b/../../${out}/victim`, "evil")]],
    ["a directory above the root", "rootfs-entry-escapes", [folder("../evil")]],
    ["a link above the root", "rootfs-entry-escapes", [symlink("../evil", "/etc/passwd")]],
    [
      "a device above the root",
      "rootfs-entry-escapes",
      [{ name: "../null", type: "character-device", devmajor: 1, devminor: 3 }],
    ],
    [
      "a name in an extended header",
      "rootfs-entry-escapes",
      [file("good", "evil", { pax: { path: `${out}/victim` } })],
    ],
    ["a whiteout above the root", "rootfs-entry-escapes", [file(`${out}/.wh.victim`)]],
    ["a whiteout of the directory above", "rootfs-entry-escapes", [file(".wh...")]],
    ["a whiteout of its own directory", "rootfs-entry-escapes", [file("d/.wh..")]],
    ["a whiteout of nothing", "rootfs-entry-escapes", [file(".wh.")]],
    [
      "a file in the place of the root",
      "rootfs-entry-escapes",
      [file("./", "evil", { type: "file" })],
    ],
    ["a link in the place of the root", "rootfs-entry-escapes", [symlink("/", "/etc")]],
    ["a hard link to above the root", "rootfs-entry-escapes", [hardLink("mine", `${out}/victim`)]],
    ["a hard link to nothing", "rootfs-entry-link", [hardLink("mine", "/etc/passwd")]],
    ["a hard link to a directory", "rootfs-entry-link", [folder("d"), hardLink("mine", "d")]],
    ["a hard link to the root", "rootfs-entry-link", [hardLink("mine", "/")]],
    [
      "links in a circle",
      "rootfs-layer-damaged",
      [symlink("a", "b"), symlink("b", "a"), file("a/evil")],
    ],
    ["a name that is no text", "rootfs-entry-name", [file("caf\ufffd")]],
  ])("%s", async (_, code, entries) => {
    await expect(build([file("first"), ...entries])).rejects.toMatchObject({ code });
    expect(readdirSync(path.dirname(root))).toEqual([]);
    expectOutsideUntouched();
  });
});

describe("stays inside:", () => {
  const absolute = () => outside;

  test("a file behind an absolute link, of the same layer or a lower one", async () => {
    await build(
      [
        symlink("lower", absolute()),
        symlink("chain", "lower"),
        symlink("same", absolute()),
        file("same/victim", "evil"),
      ],
      [file("lower/victim", "evil"), file("chain/other", "evil"), folder("lower/made")],
    );
    expectOutsideUntouched();
    expect(readdirSync(path.join(root, outside)).sort()).toEqual(["made", "other", "victim"]);
  });

  test("a file behind a relative link that leads above the root", async () => {
    await build(
      [symlink("up", out), symlink("more", "up/../../outside")],
      [file("up/victim", "evil"), file("more/new", "evil")],
    );
    expectOutsideUntouched();
    expect(readdirSync(path.join(root, "outside")).sort()).toEqual(["new", "victim"]);
  });

  test("a file in the place of a link, and the mode and owner of what it leads to", async () => {
    const victim = path.join(outside, "victim");
    await build(
      [symlink("link", victim), symlink("again", victim), symlink("dir", outside)],
      [
        file("link", "evil", { mode: 0o6777, uid: 99 }),
        symlink("again", victim),
        folder("dir", 0o777),
      ],
    );
    expectOutsideUntouched();
    expect(readFileSync(path.join(root, "link"), "utf8")).toBe("evil");
    expect(lstatSync(path.join(root, "dir")).isDirectory()).toBe(true);
  });

  test("a hard link to a link, written to afterwards", async () => {
    const victim = path.join(outside, "victim");
    await build([symlink("link", victim), hardLink("hard", "link")], [file("hard", "evil")]);
    expectOutsideUntouched();
  });

  test("a hard link to a file behind an absolute link", async () => {
    await expect(
      build([symlink("link", outside), hardLink("hard", "link/victim")]),
    ).rejects.toMatchObject({ code: "rootfs-entry-link" });
    expectOutsideUntouched();
  });

  test("whiteouts behind links, and of links", async () => {
    await build(
      [symlink("link", outside), symlink("up", out), symlink("gone", outside), folder("d")],
      [
        file("link/.wh.victim"),
        file("link/.wh..wh..opq"),
        file("up/.wh.victim"),
        file("up/.wh..wh..opq"),
        file(".wh.gone"),
      ],
    );
    expectOutsideUntouched();
    expect(existsSync(path.join(root, "gone"))).toBe(false);
  });

  test("a directory that a link replaces once its mode is remembered", async () => {
    await build(
      [folder("d", 0o777), folder("d/sub", 0o777)],
      [symlink("d", outside)],
      [folder("x"), symlink("x/y", outside)],
    );
    expectOutsideUntouched();
    expect(lstatSync(outside).mode & 0o777).toBe(0o755);
  });

  test("absolute names", async () => {
    await build([file(`${outside}/victim`, "evil"), file("///etc//passwd")]);
    expectOutsideUntouched();
    expect(readFileSync(path.join(root, outside, "victim"), "utf8")).toBe("evil");
    expect(readFileSync(path.join(root, "etc/passwd"), "utf8")).toBe("///etc//passwd");
  });
});
