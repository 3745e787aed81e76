import { lstatSync, readlinkSync } from "node:fs";
import path from "node:path";

/** The most symbolic links followed in one path; the kernel's own limit, see path_resolution(7). */
const mostLinks = 40;

/** A path with more symbolic links than the kernel would follow: most likely they lead in a circle. */
export class TooManyLinksError extends Error {
  override readonly name = "TooManyLinksError";

  constructor(readonly path: string) {
    super(`too many levels of symbolic links in ${path}`);
  }
}

/** Where the symbolic link at a place leads; undefined when there is none. A place is the parts of its path. */
export type ReadLink = (place: readonly string[]) => string | undefined;

/**
 * The place of a path inside a root file system, with every symbolic link followed as a process in there would,
 * so that none leads out of it. What is missing has no links.
 *
 * @throws TooManyLinksError
 */
export function followLinks(target: string, readLink: ReadLink): string[] {
  const rest = target.split("/");
  let resolved: string[] = [];
  let links = 0;
  while (rest.length > 0) {
    const part = rest.shift() ?? "";
    if (part === "" || part === ".") continue;
    if (part === "..") {
      resolved.pop();
      continue;
    }
    const link = readLink([...resolved, part]);
    if (link === undefined) resolved.push(part);
    else {
      links += 1;
      if (links > mostLinks) throw new TooManyLinksError(target);
      if (link.startsWith("/")) resolved = [];
      rest.unshift(...link.split("/"));
    }
  }
  return resolved;
}

/** Where a symbolic link of the host leads; undefined when there is no link, or no file at all. */
function linkAt(file: string): string | undefined {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? readlinkSync(file) : undefined;
}

/**
 * Where a path inside a root file system lies on the host. Symbolic links are followed as a process in there
 * would see them, so none leads out of it.
 *
 * @throws TooManyLinksError
 */
export function resolveInRoot(root: string, target: string): string {
  return path.join(root, ...followLinks(target, (place) => linkAt(path.join(root, ...place))));
}
