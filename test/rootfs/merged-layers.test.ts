import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lsetxattr, mknodat } from "../../src/kernel/calls/file.js";
import { AT_FDCWD, S_IFCHR } from "../../src/kernel/constants/file.js";
import { performSystemCall } from "../../src/kernel/libc.js";
import { findInLayers } from "../../src/rootfs/merged-layers.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";

const names = ["a", "b"] as const;
const opaque = "trusted.overlay.opaque";

/** What a layer has of one name. */
type Entry = "file" | "whiteout" | Directory;

interface Directory {
  readonly opaque: boolean;
  readonly entries: Readonly<Partial<Record<(typeof names)[number], Entry>>>;
}

const { directory } = fc.letrec<{ directory: Directory; entry: Entry }>((tie) => ({
  directory: fc.record({
    opaque: fc.boolean(),
    entries: fc.record({ a: tie("entry"), b: tie("entry") }, { requiredKeys: [] }),
  }),
  entry: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: fc.constantFrom<Entry>("file", "whiteout"), weight: 1 },
    { arbitrary: tie("directory"), weight: 3 },
  ),
}));

/** Makes it below a directory that is there; files say which layer they are of. */
function make(place: string, { entries }: Directory, layer: string): void {
  for (const [name, entry] of Object.entries(entries)) {
    const file = path.join(place, name);
    if (entry === "file") writeFileSync(file, layer);
    else if (entry === "whiteout")
      performSystemCall(mknodat(AT_FDCWD, file, S_IFCHR, { major: 0, minor: 0 }));
    else {
      mkdirSync(file);
      if (entry.opaque) performSystemCall(lsetxattr(file, opaque, Buffer.from("y")));
      make(file, entry, layer);
    }
  }
}

/** Every place there can be. */
const places = (depth: number): string[] =>
  depth === 0 ? [""] : places(depth - 1).flatMap((each) => names.map((name) => `${each}/${name}`));

const all = [1, 2, 3, 4].flatMap(places);

const describeFile = (file: string) =>
  statSync(file).isDirectory() ? "directory" : readFileSync(file, "utf8");

/** What the kernel shows at each place. */
async function merged(host: SimulatedHost, layers: readonly string[]) {
  const look = `
    mkdir -p /tmp/merged
    mount -t overlay -o lowerdir=${layers.join(":")} overlay /tmp/merged
    cd /tmp/merged
    find . -type d -printf '%P directory\\n' -o -type f -printf '%P ' -exec cat {} ';' -printf '\\n'
    cd /
    umount /tmp/merged`;
  const lines = (await host.must("sh", "-ec", look)).trimEnd().split("\n");
  return new Map(lines.map((line) => [`/${line.split(" ")[0] ?? ""}`, line.split(" ")[1]]));
}

test("finds of merged layers what the kernel shows", () =>
  withSimulatedHost(async (host) => {
    const property = fc.asyncProperty(
      fc.array(directory, { minLength: 2, maxLength: 4 }),
      async (trees) => {
        const layers = trees.map((_, index) => `/tmp/layers/${String(index)}`);
        rmSync(host.path("/tmp/layers"), { recursive: true, force: true });
        for (const [index, tree] of trees.entries()) {
          const place = host.path(layers[index] ?? "");
          mkdirSync(place, { recursive: true });
          make(place, tree, String(index));
        }
        const shown = await merged(host, layers);
        const directories = layers.map((each) => host.path(each));
        for (const place of all) {
          const file = findInLayers({ directories, opaque }, place);
          const found = file === undefined ? undefined : describeFile(file);
          expect({ place, found }).toEqual({ place, found: shown.get(place) });
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  }));
