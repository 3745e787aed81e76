import path from "node:path";
import { describe, expect, test } from "vitest";
import { compileRootfs } from "../../src/bash/compile-rootfs.js";
import { languages } from "../../src/model/language.js";
import { parseSource, type SourceOptions } from "../../src/rootfs/source.js";
import {
  directory as folder,
  dockerFiles,
  file,
  ociFiles,
  symlink,
  type TarEntry,
  tarOf,
  writeFiles,
  writeTar,
} from "../rootfs/image/make-image.js";
import { chinese } from "../support/chinese.js";
import { comments, differences, inEnglish } from "../support/comments.js";
import { lintScripts } from "../support/lint-scripts.js";
import { scratchDirectory } from "../support/scratch.js";
import { runBash } from "../support/bash.js";

const hostile = "$(touch /tmp/evil) `id` \\ \"'*汉字";

/** An archive of an image of layers with these entries. */
async function archive(...layers: readonly (readonly TarEntry[])[]): Promise<string> {
  const place = path.join(scratchDirectory(), "it's an $(archive).tar");
  return writeTar(
    place,
    dockerFiles({ layers: await Promise.all(layers.map(tarOf)), config: { Cmd: [hostile] } }),
  );
}

const layers: TarEntry[][] = [
  [folder("a"), file("a/old"), file(`a/${hostile}`), folder("d"), file("d/x")],
  [file("a/.wh.old"), file(`a/.wh.${hostile}`), file("d", "file")],
];

async function sources(): Promise<[string, SourceOptions][]> {
  return [
    ["host", {}],
    ["host", { commands: ["sh", "python3"], copy: ["/usr/lib/python3.11", hostile] }],
    ["debootstrap:bookworm", {}],
    [
      "debootstrap:sid",
      {
        mirror: "https://mirror.example/$(id)`id`'",
        arch: "arm64",
        variant: "minbase",
        include: "curl",
        keyring: `/${hostile}`,
      },
    ],
    ["image:alpine", {}],
    [`docker:${hostile}`, { platform: "linux/arm64" }],
    ["podman:-x", {}],
    [`archive:${await archive(...layers)}`, {}],
  ];
}

test("every script is clean under bash -n, shellcheck -o all and shfmt, and has no directive", async () => {
  const scripts: Record<string, string> = {};
  for (const [index, [source, options]] of (await sources()).entries())
    for (const language of languages)
      for (const directory of [undefined, `/srv/${hostile}`])
        scripts[`${index}-${language}-${directory === undefined ? "any" : "one"}`] =
          await compileRootfs(parseSource(source, options), directory, { language });
  expect(lintScripts(scripts)).toBe("");
  for (const script of Object.values(scripts)) expect(script).not.toMatch(/^\s*#\s*shellcheck\s/m);
}, 180_000);

test("a script does the same in both languages, and has comments in its own", async () => {
  for (const [source, options] of await sources()) {
    const [english = "", inChinese = ""] = await Promise.all(
      languages.map((language) =>
        compileRootfs(parseSource(source, options), undefined, { language }),
      ),
    );
    expect(differences(english, inChinese)).toEqual([]);
    expect(inEnglish(comments(inChinese))).toEqual([]);
    expect(inEnglish(comments(english)).length).toBeGreaterThan(20);
  }
});

describe.each(languages)("in %s", (language) => {
  test("--help and --version say what it is, and an unknown option is refused", async () => {
    for (const [source, options] of await sources()) {
      const script = await compileRootfs(parseSource(source, options), undefined, { language });
      const help = runBash(script, ["--help"]);
      expect(help.status).toBe(0);
      expect(chinese.test(help.stdout.toString().replaceAll("汉字", ""))).toBe(language === "zh");
      expect(help.stdout.toString()).toContain("DIRECTORY");
      expect(runBash(script, ["--version"]).stdout.toString()).toMatch(
        /^cooper .*sha256 [0-9a-f]{64}\n$/,
      );
      const wrong = runBash(script, ["--no-such-option"]);
      expect(wrong.status).toBe(125);
      expect(wrong.stderr).toContain("[option-unknown]");
      const unnamed = runBash(script, []);
      expect({ status: unnamed.status, code: unnamed.stderr.includes("[rootfs-unnamed]") }).toEqual(
        { status: 125, code: true },
      );
    }
  });
});

test("a dry run changes nothing, and prints what would be run", async () => {
  const directory = scratchDirectory();
  const target = path.join(directory, "new/root");
  for (const [source, expected] of [
    ["host", /^mknod -m 666 /m],
    ["debootstrap:sid", /^unshare .* -- debootstrap --force-check-gpg sid /m],
    [`archive:${await archive(...layers)}`, /^rm -rf -- \S*\/root\/a\/old$/m],
  ] as const) {
    const script = await compileRootfs(parseSource(source), target);
    const { status, stdout } = runBash(script, ["--dry-run", "-q"], { HOME: directory });
    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(expected);
  }
  const { readdirSync } = await import("node:fs");
  expect(readdirSync(directory)).toEqual([]);
});

test("the same source gives the same bytes, and its layers are named by digest", async () => {
  const place = await archive(...layers);
  const compile = () => compileRootfs(parseSource(`archive:${place}`), "/srv/root");
  const script = await compile();
  expect(await compile()).toBe(script);
  expect(script.match(/^ {2}apply_layer \S+ [0-9a-f]{64}/gm)).toHaveLength(2);
});

describe("an image that tar alone would not apply safely is refused", () => {
  test.each<[string, TarEntry[][]]>([
    [
      "a file behind a link of a lower layer",
      [[symlink("var/run", "/run")], [file("var/run/evil")]],
    ],
    ["a file behind a link of its own layer", [[symlink("l", "/etc"), file("l/evil")]]],
    ["a whiteout behind a link", [[symlink("l", "/etc")], [file("l/.wh.passwd")]]],
    [
      "a hard link to behind a link",
      [
        [
          folder("etc"),
          file("etc/x"),
          symlink("l", "/etc"),
          { name: "h", type: "link", linkname: "l/x" },
        ],
      ],
    ],
  ])("%s", async (_, entries) => {
    const image = parseSource(`archive:${await archive(...entries)}`);
    await expect(compileRootfs(image, undefined)).rejects.toMatchObject({
      code: "rootfs-script-link",
    });
  });

  test("as is one that nobody would apply", async () => {
    const image = parseSource(`archive:${await archive([file("../evil")])}`);
    await expect(compileRootfs(image, undefined)).rejects.toMatchObject({
      code: "rootfs-entry-escapes",
    });
    const place = writeFiles(
      path.join(scratchDirectory(), "layout"),
      ociFiles({ layers: [await tarOf([file("x")])], architecture: "mips" }),
    );
    await expect(compileRootfs(parseSource(`archive:${place}`), undefined)).rejects.toMatchObject({
      code: "rootfs-image-platform",
    });
  });
});
