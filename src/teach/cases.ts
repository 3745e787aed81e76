import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The golden cases that come with Cooper: the ladder of the lessons. */
export interface Case {
  /** Such as `03-cgroups`. */
  readonly name: string;
  readonly directory: string;
  /** The config of a container, or of a stack. */
  readonly config: string;
}

const configs = ["container.ts", "stack.ts"];

/** All cases, in the order of the lessons. */
export function listCases(): Case[] {
  const root = goldenDirectory();
  return readdirSync(root)
    .sort()
    .flatMap((name) => {
      const directory = path.join(root, name);
      return configs
        .map((file) => ({ name, directory, config: path.join(directory, file) }))
        .filter(({ config }) => existsSync(config));
    });
}

/** The names of all cases, in the order of the lessons. */
export const caseNames = (): string[] => listCases().map(({ name }) => name);

/** The case of a name, or of the number it begins with. */
export function findCase(name: string): Case | undefined {
  return listCases().find(
    (each) => each.name === name || Number(each.name.split("-")[0]) === Number(name),
  );
}

/** Bundled or not, the cases lie in the package's own directory. */
function goldenDirectory(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(directory, "golden")) && directory !== path.dirname(directory))
    directory = path.dirname(directory);
  return path.join(directory, "golden");
}
