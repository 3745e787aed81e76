import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { repository } from "./support/template-files.js";

/** The floor of each folder of src/, as CONTRIBUTING.md tells it. */
const floors = new Map(
  readFileSync(path.join(repository, "CONTRIBUTING.md"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const floor = /^\| (\d) +\|/.exec(line)?.[1];
      const folders = Array.from(line.matchAll(/`src\/(\w+)\/`/g), ([, folder = ""]) => folder);
      return floor === undefined ? [] : folders.map((folder) => [folder, Number(floor)] as const);
    }),
);

const source = path.join(repository, "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.c?ts$/.test(file),
);

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import of a file within a folder of src/ from another such folder, also of types and behind `import()`. */
const imports: readonly Import[] = files.flatMap((from) =>
  Array.from(
    readFileSync(path.join(source, from), "utf8").matchAll(
      /(?:from|import\(|import) ?"(\.[^"]+)"/g,
    ),
    ([, specifier = ""]) => ({ from, to: path.join(path.dirname(from), specifier) }),
  ).filter(({ to }) => [from, to].every((file) => file.includes("/") && !file.startsWith(".."))),
);

const floorOf = (file: string) => floors.get(file.split("/")[0] ?? "") ?? NaN;

test("every folder of src/ is on a floor", () => {
  const folders = new Set(
    files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]),
  );
  expect([...floors.keys()].sort()).toEqual([...folders].sort());
});

test("imports go down the floors", () => {
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(({ from, to }) => !(floorOf(to) <= floorOf(from)))).toEqual([]);
});
