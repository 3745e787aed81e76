import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { byText } from "./proc.js";

/** Directories end with a slash and have no content; files have their text. */
export type ObservedDirectory = Readonly<Record<string, string>>;

/** Files whose content is another in every run. */
const changing: Readonly<Record<string, string>> = {
  launcher: "<process id> <start time>\n",
  pid: "<process id>\n",
};

/** What is recorded about running containers; their root file systems are left out. */
export function observeRunDirectory(root: string): ObservedDirectory {
  return Object.fromEntries(walk(root, "").sort(([left], [right]) => byText(left, right)));
}

function walk(root: string, below: string): [string, string][] {
  return entriesOf(path.join(root, below)).flatMap((entry): [string, string][] => {
    const name = path.join(below, entry.name);
    if (entry.isDirectory())
      return [[`${name}/`, ""], ...(entry.name === "rootfs" ? [] : walk(root, name))];
    return [[name, contentOf(path.join(root, name))]];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function contentOf(file: string): string {
  const content = readFileSync(file, "utf8");
  return content === "" ? "" : (changing[path.basename(file)] ?? content);
}
