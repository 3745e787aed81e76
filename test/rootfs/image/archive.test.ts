import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { buildRootfs } from "../../../src/rootfs/build.js";
import { parseSource, type SourceOptions } from "../../../src/rootfs/source.js";
import { scratchDirectory } from "../../support/scratch.js";
import {
  compressWithGzip,
  dockerFiles,
  file,
  type ImageParts,
  multiPlatformFiles,
  ociFiles,
  sha256,
  symlink,
  tarOf,
  writeFiles,
  writeTar,
} from "./make-image.js";

let directory: string;
let root: string;
let place: string;
beforeEach(() => {
  directory = scratchDirectory();
  root = path.join(directory, "root");
  place = path.join(directory, "image");
});

const build = (options: SourceOptions = {}, from = place) =>
  buildRootfs(root, parseSource(`archive:${from}`, options));
const content = (name: string) => readFileSync(path.join(root, name), "utf8");

/** An image with one file of this name. */
const imageOf = async (name: string, more: Partial<ImageParts> = {}): Promise<ImageParts> => ({
  layers: [await tarOf([file(name)])],
  ...more,
});

const compressWith = (tool: string) => (layer: Buffer) =>
  execFileSync(tool, ["-c"], { input: layer, maxBuffer: 2 ** 28 });

const compressions = {
  none: (layer: Buffer) => layer,
  gzip: compressWithGzip,
  zstd: compressWith("zstd"),
};

describe("every form of an image", () => {
  const layers = async () => [
    await tarOf([file("lower"), file("both", "lower")]),
    await tarOf([file("both", "upper"), file("large", "0123456789abcdef".repeat(100_000))]),
  ];
  const forms = {
    "an OCI layout directory": (image: ImageParts) => writeFiles(place, ociFiles(image)),
    "an archive of one": (image: ImageParts) => writeTar(place, ociFiles(image)),
    "an archive of docker save": (image: ImageParts) => writeTar(place, dockerFiles(image)),
  };

  test.each(Object.entries(forms))("%s", async (_, write) => {
    await write({ layers: await layers(), name: "app:1" });
    expect(await build()).toMatchObject({
      from: { code: "rootfs-from-image", values: { image: "app:1" } },
      notes: [],
    });
    expect(readdirSync(root).sort()).toEqual(["both", "large", "lower"]);
    expect(content("lower")).toBe("lower");
    expect(content("both")).toBe("upper");
    expect(content("large")).toHaveLength(1_600_000);
  });

  test.each(Object.entries(compressions))("layers with compression %s", async (_, compress) => {
    await writeTar(place, ociFiles({ layers: await layers(), compress }));
    await build();
    expect(content("both")).toBe("upper");
    expect(content("large")).toHaveLength(1_600_000);
  });

  test.each(["gzip", "zstd"] as const)("an archive compressed with %s", async (compression) => {
    await writeTar(place, dockerFiles({ layers: await layers() }));
    writeFileSync(place, compressions[compression](readFileSync(place)));
    await build();
    expect(content("both")).toBe("upper");
    expect(readdirSync(directory).sort()).toEqual(["image", "root"]);
  });

  test("an archive where a layer that is there twice is a link", async () => {
    const layer = await tarOf([file("twice")]);
    const files = dockerFiles({ layers: [layer, layer] });
    files.delete("01/layer.tar");
    await writeTar(place, files, [symlink("01/layer.tar", "../00/layer.tar")]);
    await build();
    expect(content("twice")).toBe("twice");
  });
});

describe("which image", () => {
  const two = async () => [
    await imageOf("one", { name: "registry.example/team/app:1" }),
    await imageOf("two", { name: "registry.example/team/app:latest" }),
  ];

  test.each([
    ["1", "one"],
    ["app:latest", "two"],
    ["registry.example/team/app:latest", "two"],
  ])("--tag %s", async (tag, expected) => {
    for (const files of [dockerFiles(...(await two())), ociFiles(...(await two()))]) {
      await writeTar(place, files);
      await build({ tag });
      expect(readdirSync(root)).toEqual([expected]);
      renameSync(root, path.join(directory, `root-${String(readdirSync(directory).length)}`));
    }
  });

  test("must be said when there are several, and be there", async () => {
    for (const files of [dockerFiles(...(await two())), ociFiles(...(await two()))]) {
      await writeTar(place, files);
      await expect(build()).rejects.toMatchObject({
        code: "rootfs-image-which",
        values: { images: expect.stringContaining("team/app:1, ") as string },
      });
      await expect(build({ tag: "2" })).rejects.toMatchObject({ code: "rootfs-image-unknown" });
    }
  });

  const many = async () =>
    multiPlatformFiles(
      await imageOf("other", { architecture: "mips64le" }),
      await imageOf("v6", { architecture: "arm", variant: "v6" }),
      await imageOf("v7", { architecture: "arm", variant: "v7" }),
      await imageOf("mine"),
      await imageOf("windows", { os: "windows" }),
    );

  test.each([
    [undefined, "mine"],
    ["linux/mips64le", "other"],
    ["linux/arm/v7", "v7"],
    ["linux/arm", "v6"],
  ])("--platform %s", async (platform, expected) => {
    await writeTar(place, await many());
    await build({ platform });
    expect(readdirSync(root)).toEqual([expected]);
  });

  test("for a platform that is not there is refused with those there are", async () => {
    await writeTar(place, await many());
    await expect(build({ platform: "linux/s390x" })).rejects.toMatchObject({
      code: "rootfs-image-platform",
      values: {
        platform: "linux/s390x",
        platforms: expect.stringContaining("linux/arm/v7") as string,
      },
    });
    await writeTar(place, dockerFiles(await imageOf("other", { architecture: "mips64le" })));
    await expect(build()).rejects.toMatchObject({ code: "rootfs-image-platform" });
    await build({ platform: "linux/mips64le" });
  });

  test.each(["arm64", "linux/", "Linux/arm64", "linux/arm64/v8/x", ""])(
    "--platform %j is refused",
    async (platform) => {
      await writeTar(place, await many());
      await expect(build({ platform })).rejects.toMatchObject({ code: "rootfs-platform" });
    },
  );
});

describe("what is damaged, changed or no image", () => {
  const image = () => imageOf("name");

  /** Changes one file of an image. */
  async function changed(
    files: Map<string, string | Buffer>,
    name: string,
    change: (text: Buffer) => Buffer | string,
  ) {
    files.set(name, change(Buffer.from(files.get(name) ?? "")));
    await writeTar(place, files);
  }

  const blobOf = (content: string | Buffer) => `blobs/${sha256(content).replace(":", "/")}`;
  const flipped = (content: Buffer) => {
    const other = Buffer.from(content);
    other[600] = (other[600] ?? 0) ^ 1;
    return other;
  };

  test("a layer with another content, compressed or not, in every form", async () => {
    const parts = await image();
    const [layer = Buffer.alloc(0)] = parts.layers;
    for (const [files, name] of [
      [ociFiles(parts), blobOf(layer)],
      [dockerFiles(parts), "00/layer.tar"],
    ] as const) {
      await changed(files, name, flipped);
      await expect(build()).rejects.toMatchObject({
        code: "rootfs-digest",
        values: { expected: sha256(layer), found: sha256(flipped(layer)) },
      });
    }
    const compress = () => compressWithGzip(flipped(layer));
    await writeTar(place, ociFiles({ ...parts, compress }));
    await expect(build()).rejects.toMatchObject({
      code: "rootfs-digest",
      values: { expected: sha256(layer), found: sha256(flipped(layer)) },
    });
    expect(readdirSync(directory)).toEqual(["image"]);
  });

  test("another configuration or manifest", async () => {
    const parts = await image();
    for (const make of [ociFiles, dockerFiles])
      for (const name of make(parts).keys()) {
        if (/layer\.tar$|^(index|manifest)\.json$|oci-layout/.test(name)) continue;
        await changed(make(parts), name, (text) => `${text.toString("latin1")} `);
        await expect(build()).rejects.toMatchObject({ code: "rootfs-digest" });
      }
  });

  test("a blob that is not there", async () => {
    const parts = await image();
    for (const make of [ociFiles, dockerFiles])
      for (const name of make(parts).keys()) {
        if (/^(index|manifest)\.json$|oci-layout/.test(name)) continue;
        const files = make(parts);
        files.delete(name);
        await writeTar(place, files);
        await expect(build()).rejects.toMatchObject({
          code: "rootfs-image-incomplete",
          values: { blob: name },
        });
      }
  });

  test.each([
    ["index.json", "[]"],
    ["index.json", "{"],
    ["index.json", '{"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}'],
    ["manifest.json", "[]"],
    ["manifest.json", "{}"],
    ["manifest.json", '[{"Config":"../../etc/passwd","Layers":[]}]'],
    ["manifest.json", '[{"Config":"manifest.json","Layers":["manifest.json"]}]'],
  ])("%s that says %s", async (name, text) => {
    const parts = await image();
    await changed(name === "index.json" ? ociFiles(parts) : dockerFiles(parts), name, () => text);
    await expect(build()).rejects.toMatchObject({
      code: expect.stringMatching(/^rootfs-image-(format|none|incomplete)$/) as string,
    });
  });

  test("an archive that ends too early", async () => {
    const parts = await image();
    for (const compress of [compressions.none, compressions.gzip, compressions.zstd]) {
      await writeTar(place, dockerFiles(parts));
      const whole = compress(readFileSync(place));
      writeFileSync(place, whole.subarray(0, whole.length * 0.7));
      await expect(build()).rejects.toMatchObject({
        code: expect.stringMatching(/^rootfs-image-/) as string,
      });
    }
  });

  test("a layer that is no archive, or compressed by something else", async () => {
    await writeTar(place, dockerFiles({ layers: [Buffer.from("#!/bin/sh\n".repeat(100))] }));
    await expect(build()).rejects.toMatchObject({ code: "rootfs-layer-damaged" });
    for (const tool of ["xz", "bzip2"]) {
      const parts = await image();
      await writeTar(place, ociFiles({ ...parts, compress: compressWith(tool) }));
      await expect(build()).rejects.toMatchObject({
        code: "rootfs-compression",
        values: { compression: tool },
      });
      await writeTar(place, ociFiles(parts));
      writeFileSync(place, compressWith(tool)(readFileSync(place)));
      await expect(build()).rejects.toMatchObject({ code: "rootfs-compression" });
    }
  });

  test("something else altogether", async () => {
    writeFileSync(place, "no archive");
    await expect(build()).rejects.toMatchObject({ code: "rootfs-image-format" });
    writeFileSync(place, await tarOf([file("some/file")]));
    await expect(build()).rejects.toMatchObject({ code: "rootfs-image-none" });
    mkdirSync(path.join(directory, "empty"));
    await expect(build({}, path.join(directory, "empty"))).rejects.toMatchObject({
      code: "rootfs-image-none",
    });
    await expect(build({}, path.join(directory, "nowhere"))).rejects.toMatchObject({
      code: "rootfs-no-path",
    });
  });
});

test("the same image comes from the cache, whatever it lies in, and another does not", async () => {
  const cache = path.join(directory, "cache");
  const parts = await imageOf("name", { name: "app:1", config: { Env: ["A=1"] } });
  const builds = [];
  for (const [index, files] of [
    ociFiles(parts),
    dockerFiles(parts),
    ociFiles(await imageOf("other")),
  ].entries()) {
    await writeTar(place, files);
    const target = `${root}-${String(index)}`;
    builds.push(await buildRootfs(target, parseSource(`archive:${place}`), { cache }));
  }
  expect(builds.map(({ cached }) => cached !== undefined)).toEqual([false, true, false]);
  expect(builds[1]?.run).toEqual({ Env: ["A=1"] });
  expect(readFileSync(path.join(`${root}-1`, "name"), "utf8")).toBe("name");
});
