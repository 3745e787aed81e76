import { chmodSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeDirectories } from "../rootfs/make-directories.js";
import { resolveInRoot as resolve, TooManyLinksError } from "../rootfs/resolve-in-root.js";
import { HostProblem } from "./host.js";

/**
 * Where a path of the container lies on the host.
 * @throws HostProblem when its symbolic links lead in a circle
 */
export function resolveInRoot(root: string, target: string): string {
  try {
    return resolve(root, target);
  } catch (error) {
    if (error instanceof TooManyLinksError)
      throw new HostProblem("links-too-many", { path: target }, { cause: error });
    throw error;
  }
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
