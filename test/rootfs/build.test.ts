import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { buildRootfs } from "../../src/rootfs/build.js";
import { parseSource } from "../../src/rootfs/source.js";
import { scratchDirectory } from "../support/scratch.js";

let directory: string;
let root: string;
let cache: string;
/** A file of the host's that is copied. */
let file: string;
beforeEach(() => {
  directory = scratchDirectory();
  root = path.join(directory, "root");
  cache = path.join(directory, "cache/rootfs");
  file = path.join(directory, "file");
  writeFileSync(file, "one");
});

const source = (...copy: string[]) =>
  parseSource("host", { copy: copy.length === 0 ? [file] : copy });
const copied = (place = root) => readFileSync(path.join(place, file), "utf8");

/** Builds a second one beside the first. */
async function again() {
  const place = path.join(directory, `root-${String(readdirSync(directory).length)}`);
  return { place, ...(await buildRootfs(place, source(), { cache })) };
}

describe("the directory", () => {
  test("may exist when it is empty", async () => {
    mkdirSync(root, { mode: 0o700 });
    await buildRootfs(root, source());
    expect(copied()).toBe("one");
    expect(statSync(root).mode & 0o7777).toBe(0o755);
  });

  test("is found where a link leads to", async () => {
    mkdirSync(path.join(directory, "elsewhere"));
    symlinkSync("elsewhere", root);
    await buildRootfs(root, source());
    expect(copied(path.join(directory, "elsewhere"))).toBe("one");
  });

  test.each(["directory", "file"])(
    "is left alone when it is a %s with something in it",
    async (what) => {
      if (what === "directory") mkdirSync(root);
      writeFileSync(what === "directory" ? path.join(root, "mine") : root, "mine");
      await expect(buildRootfs(root, source())).rejects.toMatchObject({ code: "rootfs-exists" });
      expect(readdirSync(directory).sort()).toEqual(["file", "root"]);
    },
  );

  test("is not filled any more when it has got something meanwhile", async () => {
    mkdirSync(root);
    const building = buildRootfs(root, source(), {
      onProgress: () => writeFileSync(path.join(root, "mine"), "mine"),
    });
    await expect(building).rejects.toMatchObject({ code: "rootfs-exists" });
    expect(readdirSync(root)).toEqual(["mine"]);
    expect(readdirSync(directory).sort()).toEqual(["file", "root"]);
  });
});

test("an interruption leaves nothing, and is not told as an error of its own", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const building = buildRootfs(root, source(), {
    cache,
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(building).rejects.toBe(reason);
  expect(readdirSync(directory)).toEqual(["file"]);
});

describe("the cache", () => {
  test("has what was made from the same before, with modes, owners and devices", async () => {
    chmodSync(file, 0o4751);
    const first = await buildRootfs(root, source(), { cache });
    expect(first).toMatchObject({ cached: undefined, notKept: undefined });
    const { place, cached, from } = await again();
    expect(cached?.file).toMatch(/\.tar$/);
    expect(from).toEqual(first.from);
    expect(copied(place)).toBe("one");
    expect(statSync(path.join(place, file)).mode & 0o7777).toBe(0o4751);
    expect(statSync(path.join(place, "tmp")).mode & 0o7777).toBe(0o1777);
    const { mode, rdev } = statSync(path.join(place, "dev/null"));
    expect({ type: mode & 0o170_000, rdev }).toEqual({ type: 0o020_000, rdev: 0x103 });
    expect(statSync(cache).mode & 0o777).toBe(0o700);
  });

  test("is not asked for what has changed on the host since", async () => {
    await buildRootfs(root, source(), { cache });
    writeFileSync(file, "two");
    const { place, cached } = await again();
    expect(cached).toBeUndefined();
    expect(copied(place)).toBe("two");
    expect((await again()).cached).toBeDefined();
  });

  test("is not asked for something else, nor without being named", async () => {
    await buildRootfs(root, source(), { cache });
    const other = await buildRootfs(`${root}-1`, source(file, "/etc/hostname"), { cache });
    expect(other.cached).toBeUndefined();
    expect((await buildRootfs(`${root}-2`, source())).cached).toBeUndefined();
  });

  test("may be damaged or impossible to write without doing any harm", async () => {
    await buildRootfs(root, source(), { cache });
    for (const name of readdirSync(cache))
      if (name.endsWith(".json")) writeFileSync(path.join(cache, name), '{"format":');
    expect((await again()).cached).toBeUndefined();
    const { notKept } = await buildRootfs(`${root}-x`, source(), { cache: path.join(file, "x") });
    expect(notKept).toBeInstanceOf(Error);
    expect(copied(`${root}-x`)).toBe("one");
  });

  test("forgets what was not used for 90 days, and what a dead writer has left", async () => {
    await buildRootfs(root, source(), { cache });
    const [entry = ""] = readdirSync(cache).filter((name) => name.endsWith(".json"));
    const left = path.join(cache, "left.1.partial");
    writeFileSync(left, "");
    const old = new Date(Date.now() - 91 * 86_400_000);
    utimesSync(path.join(cache, entry), old, old);
    utimesSync(left, old, old);
    writeFileSync(file, "something else");
    await buildRootfs(`${root}-1`, source(file, "/etc/hostname"), { cache });
    expect(existsSync(path.join(cache, entry))).toBe(false);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(cache)).toHaveLength(2);
  });
});
