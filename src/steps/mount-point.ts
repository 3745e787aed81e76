import { chmodSync, lstatSync, readlinkSync, type Stats } from "node:fs";
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
import { findInLayers } from "../rootfs/merged-layers.js";
import { followLinks, TooManyLinksError } from "../rootfs/resolve-in-root.js";
import { type Container, type Host, HostProblem } from "./host.js";
import { writeLine } from "./records.js";
import { rootDescriptor } from "./root-descriptor.js";

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
  const earlier = [...host.mountPoints.values()].map((each) => each.path);
  const look = looking();
  const place = placeOf(destination, (parts) => {
    const link = `/${parts.join("/")}`;
    const file = coveredBy(earlier, link) === undefined ? fileOnHost(host, link) : undefined;
    return file !== undefined && look(file)?.isSymbolicLink() ? readlinkSync(file) : undefined;
  });
  const covered = coveredBy(earlier, place);
  const within = covered ?? (host.layers === undefined ? undefined : "/");
  host.mountPoints.set(destination, { path: place, kind, within, shows });
  if (covered !== undefined) return;
  const file = fileOnHost(host, place);
  // The way there is followed already: there is no link in it.
  const status = file === undefined ? undefined : look(file);
  if (status !== undefined && status.isDirectory() !== (kind === "directory"))
    throw new HostProblem("mount-target-kind", { path: destination, kind });
  if (status === undefined && file !== undefined && within === undefined)
    makeMountPoint(file, kind);
}

/** Looks at files, at none twice in a row: the end of a way is mostly what was looked at last. */
function looking(): (file: string) => Stats | undefined {
  let last: string | undefined;
  let status: Stats | undefined;
  return (file) => {
    if (file !== last) status = lstatSync(file, { throwIfNoEntry: false });
    last = file;
    return status;
  };
}

/**
 * Where a file of the root file system lies on the host, before anything is mounted in there; undefined where
 * merged layers have none. The way there has no symbolic links.
 */
export function fileOnHost({ rootMount, layers, root }: Host, place: string): string | undefined {
  if (layers !== undefined) return findInLayers(layers, place);
  // What is made for this container is not in place yet.
  const directory = rootMount === undefined ? root : `/proc/self/fd/${String(rootMount)}`;
  return path.join(directory, place);
}

/** @throws HostProblem `links-too-many` */
export function placeOf(destination: string, readLink: Parameters<typeof followLinks>[1]): string {
  try {
    return `/${followLinks(destination, readLink).join("/")}`;
  } catch (error) {
    if (!(error instanceof TooManyLinksError)) throw error;
    throw new HostProblem("links-too-many", { path: destination }, { cause: error });
  }
}

/** Makes an empty mount point. */
function makeMountPoint(place: string, kind: MountPointKind): void {
  makeDirectories(kind === "directory" ? place : path.dirname(place));
  if (kind === "directory") return;
  writeLine(place, "", "wx");
  chmodSync(place, 0o644);
}

/**
 * Adds the system calls that open a mount point, once they have made it where only the container can.
 *
 * @param planned what is known of it before the host is looked at
 * @returns a descriptor of it
 */
export function openMountPoint(
  container: Container,
  writer: StepWriter,
  planned: MountPoint,
): Result {
  const root = rootDescriptor(container, writer);
  const point = container.host.mountPoints.get(planned.path) ?? planned;
  if (point.within !== undefined) addMountPoint(writer, root, point);
  const flags = O_PATH | O_CLOEXEC | (point.kind === "directory" ? O_DIRECTORY : 0);
  return writer.add(openat2(root, planned.path, { flags, resolve: RESOLVE_IN_ROOT }));
}

/**
 * Adds the system calls that make a mount point inside another mount. The kernel resolves the way to each
 * directory in the container's root, so that no symbolic link leads out of it.
 */
function addMountPoint(writer: StepWriter, root: Result, point: MountPoint): void {
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
