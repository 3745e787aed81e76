import { lstatSync, readlinkSync, type Stats } from "node:fs";
import path from "node:path";
import type { Host } from "./host.js";
import { fileOnHost, type MountPointKind, placeOf } from "./mount-point.js";

/**
 * What there is at a path of the container, once everything is mounted in there; undefined when there is nothing.
 * Of the kernel's own file systems the container sees what the host sees.
 *
 * @throws HostProblem `links-too-many`
 */
export function kindInContainer(host: Host, destination: string): MountPointKind | undefined {
  const points = [...host.mountPoints.values()];
  const onHost = (place: string): string | undefined => {
    const mount = points.findLast(
      (each) => each.path === place || place.startsWith(`${each.path}/`),
    );
    if (mount === undefined) return fileOnHost(host, place);
    return mount.shows === undefined
      ? undefined
      : path.join(mount.shows, path.posix.relative(mount.path, place));
  };
  const statusOf = (place: string) => {
    const file = onHost(place);
    return file === undefined ? undefined : statusIfThere(file);
  };
  const place = placeOf(destination, (parts) => {
    const file = onHost(`/${parts.join("/")}`);
    return file !== undefined && statusOf(`/${parts.join("/")}`)?.isSymbolicLink() === true
      ? readlinkSync(file)
      : undefined;
  });
  const point = points.findLast((each) => each.path === place);
  if (point !== undefined) return point.kind;
  if (points.some((each) => each.path.startsWith(`${place}/`))) return "directory";
  const status = statusOf(place);
  return status && (status.isDirectory() ? "directory" : "file");
}

function statusIfThere(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}
