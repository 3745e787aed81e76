import type { Entry } from "tar-stream";
import { RootfsError } from "../rootfs-error.js";

/** What a layer says about one file, made sure of. */
export interface FileEntry {
  readonly type: NonNullable<Entry["header"]["type"]>;
  /** Inside the root file system: without `.`, `..` and empty parts; none for the root itself. */
  readonly parts: readonly string[];
  /** What a symbolic link leads to, as it is. */
  readonly target: string;
  /** What a hard link is another name of, as parts. */
  readonly original: readonly string[];
  /** Permissions, with the set-user-ID, set-group-ID and sticky bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In seconds. */
  readonly modified: number;
  readonly device: { readonly major: number; readonly minor: number };
  /** Extended attributes, see xattr(7). */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Records of extended attributes, as star and GNU tar write them. */
const attributePrefix = "SCHILY.xattr.";

/**
 * Reads the header of an entry.
 * @throws RootfsError when its name leads out of the root file system, or is no text
 */
export function readEntry({ header }: Entry): FileEntry {
  const { pax = {} } = header as { pax?: Readonly<Record<string, string>> | null };
  const records = pax ?? {};
  const { name, type, linkname } = header;
  if (type === undefined || type === null)
    throw new RootfsError("rootfs-entry-type", { entry: name });
  const attributes = Object.entries(records)
    .filter(([key]) => key.startsWith(attributePrefix))
    .map(([key, value]) => [key.slice(attributePrefix.length), value] as const);
  return {
    type,
    parts: partsOf(name, name),
    target: type === "symlink" ? isText(linkname ?? "", name) : "",
    original: type === "link" ? partsOf(linkname ?? "", name) : [],
    mode: (header.mode ?? 0) & 0o7777,
    uid: numeric(records["uid"]) ?? header.uid ?? 0,
    gid: numeric(records["gid"]) ?? header.gid ?? 0,
    modified: numeric(records["mtime"]) ?? Number(header.mtime ?? 0) / 1000,
    device: { major: header.devmajor ?? 0, minor: header.devminor ?? 0 },
    attributes: new Map(attributes),
  };
}

/** A name from the root on; an absolute one means inside, and `..` never means anything good. */
function partsOf(name: string, entry: string): string[] {
  const parts = isText(name, entry)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new RootfsError("rootfs-entry-escapes", { entry });
  return parts;
}

/** Bytes that are no UTF-8 were replaced when they were read, and would make another name. */
function isText(name: string, entry: string): string {
  if (/[\0\ufffd]/.test(name)) throw new RootfsError("rootfs-entry-name", { entry });
  return name;
}

/** A number of an extended header; times have fractions. */
const numeric = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
