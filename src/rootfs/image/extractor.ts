import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { makeDirectories } from "../make-directories.js";
import { resolveInRoot } from "../resolve-in-root.js";
import { RootfsError } from "../rootfs-error.js";
import type { FileEntry } from "./entry.js";
import type { Omissions } from "./omissions.js";
import { isHarmlessDevice, isKept, makeNode, setAttribute } from "./special-files.js";

/** Names that mark what a layer removes, see the OCI image specification's layer.md. */
const whiteout = ".wh.";
const opaque = ".wh..wh..opq";
/** Other such names were a union file system's own business, and are none of ours. */
const reserved = ".wh..wh.";

export interface ExtractorOptions {
  /** Whether names may mark what a layer removes; in a flat archive they are names like others. */
  readonly form?: "layered" | "flat";
  /** Told what a layer removes, relative to the root, that tar(1) would not replace by itself. */
  readonly onRemove?: (path: string) => void;
  /** Told of entries that are reached through a symbolic link. */
  readonly onIndirect?: (entry: FileEntry) => void;
}

/** The owner can always enter and change a directory until all is done. */
const unfinishedMode = 0o700;

/**
 * Applies the entries of layers, one after the other, to a directory that nobody else changes.
 *
 * Nothing is ever written outside: the directory of every entry is looked up as a process in there would see
 * it, with symbolic links that lead to inside; its last part is made anew and never followed.
 */
export class Extractor {
  /** What the layer at hand has made, with the directories above; it removes only what was there before. */
  readonly #own = new Set<string>();
  /** Attributes of directories, which would be changed, or be in the way, while there is something to come. */
  readonly #directories = new Map<string, FileEntry>();
  readonly #isRoot = process.geteuid?.() === 0;

  constructor(
    private readonly root: string,
    private readonly omissions: Omissions,
    private readonly options: ExtractorOptions = {},
  ) {}

  /** From here on come the entries of the next layer. */
  beginLayer(): void {
    this.#own.clear();
  }

  /** @throws RootfsError when the entry would reach outside, or asks for something impossible */
  async apply(entry: FileEntry, content: AsyncIterable<Uint8Array>): Promise<void> {
    const name = entry.parts.at(-1);
    if (name === undefined) {
      if (entry.type !== "directory") throw new RootfsError("rootfs-entry-escapes", { entry: "." });
      this.#directories.set(this.root, entry);
      return;
    }
    if (this.options.form === "flat" || !entry.parts.some((part) => part.startsWith(whiteout)))
      await this.#make(entry, name, content);
    else if (name === opaque) this.#removeBefore(this.#resolve(entry.parts, entry));
    else if (name.startsWith(whiteout) && !entry.parts.some((part) => part.startsWith(reserved)))
      this.#remove(entry, name.slice(whiteout.length));
  }

  /** The directories get their modes, owners and times. */
  finish(): void {
    const deepestFirst = [...this.#directories].sort(
      ([left], [right]) => right.length - left.length,
    );
    for (const [place, entry] of deepestFirst) this.#finishFile(place, entry);
  }

  async #make(entry: FileEntry, name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const directory = this.#resolve(entry.parts, entry);
    makeDirectories(directory);
    const place = path.join(directory, name);
    const existing = lstatSync(place, { throwIfNoEntry: false });
    if (existing !== undefined && !(existing.isDirectory() && entry.type === "directory")) {
      if (existing.isDirectory() || entry.type === "directory") this.#tellRemoved(place);
      this.#removeFile(place);
    }
    this.#noteOwn(place);
    switch (entry.type) {
      case "directory":
        if (existing?.isDirectory() !== true) mkdirSync(place, unfinishedMode);
        this.#directories.set(place, entry);
        return;
      case "file":
      case "contiguous-file":
        await writeFile(place, content);
        break;
      case "symlink":
        symlinkSync(entry.target, place);
        break;
      case "link":
        this.#link(entry, place);
        return;
      case "character-device":
      case "block-device":
        if (!this.#isRoot || !isHarmlessDevice(entry)) {
          this.omissions.add("rootfs-devices-left-out", `/${entry.parts.join("/")}`);
          return;
        }
        makeNode(place, entry);
        break;
      case "fifo":
        makeNode(place, entry);
        break;
      default:
        throw new RootfsError("rootfs-entry-type", { entry: entry.parts.join("/") });
    }
    this.#finishFile(place, entry);
  }

  /** A hard link: another name of a file that is in here already; a symbolic link is not followed. */
  #link(entry: FileEntry, place: string): void {
    const { parts, original } = entry;
    const name = original.at(-1) ?? "";
    const directory = this.#resolve(original, entry);
    const source = path.join(directory, name);
    const status = lstatSync(source, { throwIfNoEntry: false });
    if (status === undefined || status.isDirectory())
      throw new RootfsError("rootfs-entry-link", {
        entry: parts.join("/"),
        target: original.join("/"),
      });
    linkSync(source, place);
  }

  /** A whiteout: what lies below under that name is not there any more. */
  #remove(entry: FileEntry, name: string): void {
    if (name === "" || name === "." || name === "..")
      throw new RootfsError("rootfs-entry-escapes", { entry: entry.parts.join("/") });
    const place = path.join(this.#resolve(entry.parts, entry), name);
    if (!this.#own.has(place)) this.#removeLower(place);
    else if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) this.#removeBefore(place);
  }

  /** Removes everything in a directory that this layer has not made. */
  #removeBefore(directory: string): void {
    if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return;
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const place = path.join(directory, entry.name);
      if (!this.#own.has(place)) this.#removeLower(place);
      else if (entry.isDirectory()) this.#removeBefore(place);
    }
  }

  #removeLower(place: string): void {
    this.#tellRemoved(place);
    this.#removeFile(place);
  }

  #tellRemoved(place: string): void {
    if (!this.#own.has(place)) this.options.onRemove?.(path.relative(this.root, place));
  }

  /** The directory of a name, as a process in there would find it. */
  #resolve(parts: readonly string[], entry: FileEntry): string {
    const above = parts.slice(0, -1);
    const directory = resolveInRoot(this.root, above.join("/"));
    if (directory !== path.join(this.root, ...above)) this.options.onIndirect?.(entry);
    return directory;
  }

  #removeFile(place: string): void {
    rmSync(place, { recursive: true, force: true });
    for (const directory of this.#directories.keys())
      if (directory === place || directory.startsWith(`${place}/`))
        this.#directories.delete(directory);
  }

  #noteOwn(place: string): void {
    for (let each = place; each.length > this.root.length; each = path.dirname(each)) {
      if (this.#own.has(each)) return;
      this.#own.add(each);
    }
  }

  /** Owner first: the kernel takes the set-user-ID bit and capabilities away when it changes. */
  #finishFile(place: string, entry: FileEntry): void {
    if (this.#isRoot) lchownSync(place, entry.uid, entry.gid);
    // Who is not root owns everything, and a program would run as them instead of its owner.
    const mode = this.#isRoot ? entry.mode : entry.mode & 0o1777;
    if (entry.type !== "symlink") chmodSync(place, mode);
    for (const [attribute, value] of entry.attributes)
      if (isKept(attribute) && !this.#setAttribute(place, attribute, value))
        this.omissions.add("rootfs-attributes-left-out", `/${entry.parts.join("/")}`);
    lutimesSync(place, entry.modified, entry.modified);
  }

  #setAttribute(place: string, attribute: string, value: string): boolean {
    // Bytes that are no text did not survive being read.
    return this.#isRoot && !value.includes("\ufffd") && setAttribute(place, attribute, value);
  }
}

async function writeFile(place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const descriptor = openSync(place, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    for await (const chunk of content)
      for (let done = 0; done < chunk.length;)
        done += writeSync(descriptor, chunk, done, chunk.length - done);
  } finally {
    closeSync(descriptor);
  }
}
