import { lstatSync, type Stats } from "node:fs";
import path from "node:path";
import { lgetxattr } from "../kernel/calls/file.js";
import { trySystemCall } from "../kernel/libc.js";

/** Directories that overlayfs merges into one. */
export interface MergedLayers {
  /** The uppermost first. */
  readonly directories: readonly string[];
  /** The attribute of a directory that covers those of the same name in lower layers. */
  readonly opaque: "trusted.overlay.opaque" | "user.overlay.opaque";
}

/**
 * Where the file at a place of merged layers lies; undefined when there is none. It is that of the uppermost layer
 * that has one, unless something above hides it: a whiteout, a file in the way, or an opaque directory.
 *
 * @param place its path in there; the way has no symbolic links
 */
export function findInLayers(
  { directories, opaque }: MergedLayers,
  place: string,
): string | undefined {
  const parts = place.split("/").filter(Boolean);
  for (const layer of directories) {
    const found = look(layer, parts, opaque);
    if (found !== undefined) return found.file;
  }
  return undefined;
}

/** What one layer says: where the file is or that there is none; undefined where lower layers decide. */
function look(
  layer: string,
  parts: readonly string[],
  opaque: string,
): { readonly file: string | undefined } | undefined {
  const hidden = { file: undefined };
  let file = layer;
  let covers = false;
  for (const [index, part] of parts.entries()) {
    file = path.join(file, part);
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return covers ? hidden : undefined;
    if (isWhiteout(status)) return hidden;
    if (index === parts.length - 1) break;
    if (!status.isDirectory()) return hidden;
    covers ||= isOpaque(file, opaque);
  }
  return { file };
}

/** A device that no driver has stands for a file that is deleted. */
const isWhiteout = (status: Stats) => status.isCharacterDevice() && status.rdev === 0;

function isOpaque(directory: string, attribute: string): boolean {
  const value = new Uint8Array(1);
  // Most have no such attribute.
  const length = trySystemCall(lgetxattr(directory, attribute, value));
  return length > 0 && value[0] === "y".charCodeAt(0);
}
