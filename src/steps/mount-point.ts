import { chmodSync, lstatSync } from "node:fs";
import path from "node:path";
import { mkdirat, mknodat, openat2 } from "../kernel/calls/file.js";
import {
  O_CLOEXEC,
  O_DIRECTORY,
  O_PATH,
  RESOLVE_IN_ROOT,
  S_IFREG,
} from "../kernel/constants/file.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import { makeDirectories } from "../rootfs/make-directories.js";
import { followLinks, linksIn, TooManyLinksError } from "../rootfs/resolve-in-root.js";
import { type Host, HostProblem } from "./host.js";
import { writeLine } from "./records.js";

/** What a mount point is made as when it is missing. */
export type MountPointKind = "directory" | "file";

/** A place in the container where something is mounted. */
export interface MountPoint {
  /** Its path inside the container, without symbolic links. */
  readonly path: string;
  readonly kind: MountPointKind;
  /** The place of the mount that covers it: only the container sees what lies there. */
  readonly within: string | undefined;
  /** Where the host has what is seen there; undefined for a file system of its own that begins empty. */
  readonly shows?: string | undefined;
}

/** The mount that a place lies in, of those made before: the last one covers the others. */
export function coveredBy(earlier: readonly string[], place: string): string | undefined {
  return earlier.findLast((each) => place.startsWith(`${each}/`));
}

/**
 * Finds a mount point and makes it where the root file system has none. What an earlier mount covers is left to
 * the container: see {@link addMountPoint}.
 *
 * @throws HostProblem `links-too-many`, `mount-target-kind`
 */
export function prepareMountPoint(
  host: Host,
  destination: string,
  kind: MountPointKind,
  shows?: string,
): void {
  const root = rootOnHost(host);
  const earlier = [...host.mountPoints.values()].map((each) => each.path);
  const links = linksIn(root);
  const place = placeOf(destination, (parts) =>
    coveredBy(earlier, `/${parts.join("/")}`) === undefined ? links(parts) : undefined,
  );
  const within = coveredBy(earlier, place);
  host.mountPoints.set(destination, { path: place, kind, within, shows });
  if (within === undefined) makeMountPoint(path.join(root, place), destination, kind);
}

/** A root file system that is made for this container is not in place yet. */
export const rootOnHost = ({ rootMount, root }: Host): string =>
  rootMount === undefined ? root : `/proc/self/fd/${String(rootMount)}`;

/** @throws HostProblem `links-too-many` */
export function placeOf(destination: string, readLink: Parameters<typeof followLinks>[1]): string {
  try {
    return `/${followLinks(destination, readLink).join("/")}`;
  } catch (error) {
    if (!(error instanceof TooManyLinksError)) throw error;
    throw new HostProblem("links-too-many", { path: destination }, { cause: error });
  }
}

/** Makes an empty mount point where the root file system has none. */
function makeMountPoint(place: string, destination: string, kind: MountPointKind): void {
  // The way there is followed already: there is no link in it.
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (status === undefined) {
    makeDirectories(kind === "directory" ? place : path.dirname(place));
    if (kind === "file") {
      writeLine(place, "", "wx");
      chmodSync(place, 0o644);
    }
  } else if (status.isDirectory() !== (kind === "directory"))
    throw new HostProblem("mount-target-kind", { path: destination, kind });
}

/**
 * Adds the system calls that make a mount point inside another mount. The kernel resolves the way to each
 * directory in the container's root, so that no symbolic link leads out of it.
 */
export function addMountPoint(writer: StepWriter, root: Result, point: MountPoint): void {
  const { path: place, kind, within = "/" } = point;
  const parts = path.posix.relative(within, place).split("/");
  parts.forEach((part, index) => {
    const parent = path.posix.join(within, ...parts.slice(0, index));
    const flags = O_PATH | O_CLOEXEC | O_DIRECTORY;
    const directory = writer.add(openat2(root, parent, { flags, resolve: RESOLVE_IN_ROOT }));
    const make =
      kind === "file" && index === parts.length - 1
        ? mknodat(directory, part, S_IFREG | 0o644)
        : mkdirat(directory, part, 0o755);
    writer.add(make, { ignore: ["EEXIST"] });
  });
}
