import { chmodSync, lstatSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeDirectories } from "../rootfs/make-directories.js";
import { HostProblem } from "./host.js";

/** The most symbolic links followed in one path; the kernel's own limit, see path_resolution(7). */
const mostLinks = 40;

/**
 * Where a path of the container lies on the host. Symbolic links are followed as the container would see
 * them, so none leads out of the root file system.
 */
export function resolveInRoot(root: string, target: string): string {
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
    const link = linkTarget(path.join(root, ...resolved, part));
    if (link === undefined) resolved.push(part);
    else {
      links += 1;
      if (links > mostLinks) throw new HostProblem("links-too-many", { path: target });
      if (link.startsWith("/")) resolved = [];
      rest.unshift(...link.split("/"));
    }
  }
  return path.join(root, ...resolved);
}

function linkTarget(file: string): string | undefined {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? readlinkSync(file) : undefined;
}

/** Makes an empty mount point where the root file system has none. */
export function makeMountPoint(
  root: string,
  destination: string,
  kind: "directory" | "file",
): void {
  const place = resolveInRoot(root, destination);
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) {
    makeDirectories(kind === "directory" ? place : path.dirname(place));
    if (kind === "file") {
      writeFileSync(place, "\n", { flag: "wx" });
      chmodSync(place, 0o644);
    }
  } else if (status.isDirectory() !== (kind === "directory"))
    throw new HostProblem("mount-target-kind", { path: destination, kind });
}
