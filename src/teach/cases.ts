import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The golden cases that come with Cooper: the ladder of the lessons. */
export interface Case {
  /** Such as `03-cgroups`. */
  readonly name: string;
  readonly directory: string;
  readonly config: string;
}

/** All cases, in the order of the lessons. */
export function listCases(): Case[] {
  const root = goldenDirectory();
  return readdirSync(root)
    .sort()
    .map((name) => {
      const directory = path.join(root, name);
      return { name, directory, config: path.join(directory, "container.ts") };
    })
    .filter(({ config }) => existsSync(config));
}

/** The names of all cases, also those of stacks. */
export const caseNames = (): string[] =>
  readdirSync(goldenDirectory())
    .filter((name) => findConfig(name) !== undefined)
    .sort();

/** The config file of a case, single container or stack, by its name or the number it begins with. */
export function findConfig(name: string): string | undefined {
  const root = goldenDirectory();
  const found = readdirSync(root)
    .sort()
    .find((each) => isCalled(each, name));
  return ["container.ts", "stack.ts"]
    .map((file) => path.join(root, found ?? "", file))
    .find((file) => found !== undefined && existsSync(file));
}

const isCalled = (folder: string, name: string) =>
  folder === name || Number(folder.split("-")[0]) === Number(name);

/** The case of a name, or of the number it begins with. */
export function findCase(name: string): Case | undefined {
  return listCases().find((each) => isCalled(each.name, name));
}

/** Bundled or not, the cases lie in the package's own directory. */
function goldenDirectory(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(directory, "golden")) && directory !== path.dirname(directory))
    directory = path.dirname(directory);
  return path.join(directory, "golden");
}
