import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, extract } from "tar-stream";
import { RootfsError } from "../rootfs-error.js";
import { type Compression, compressionOf, decompressor, isReadable } from "./compression.js";
import { type ImageStore, largestDescription } from "./store.js";

/** A file of an archive, or another name of one. */
type Member =
  | {
      readonly name: string;
      readonly offset: number;
      readonly size: number;
      readonly content?: Uint8Array;
    }
  | { readonly target: string };

/** How much of the small files is kept in memory at most: far more than any image has. */
const mostKept = 64 * 1024 * 1024;

/** The most links followed in one name. */
const mostLinks = 40;

/** An image in a tar archive, which may be compressed. Its members are found by name, never unpacked. */
export class TarStore implements ImageStore {
  /** The archive, not compressed. */
  #file: string;

  private constructor(
    readonly place: string,
    private readonly compression: Compression,
    private readonly members: ReadonlyMap<string, Member>,
  ) {
    this.#file = place;
  }

  /** Looks through an archive. */
  static async open(file: string, signal: AbortSignal): Promise<TarStore> {
    const compression = await compressionOfFile(file);
    if (!isReadable(compression))
      throw new RootfsError("rootfs-compression", { file, compression });
    const members = new Map<string, Member>();
    let kept = 0;
    const entries = extract();
    const stages = [createReadStream(file), decompressor(compression), entries];
    const reading = pipeline(
      stages.filter((stage) => stage !== undefined),
      { signal },
    );
    reading.catch(() => undefined);
    try {
      for await (const entry of entries) {
        const name = memberName(entry.header.name);
        const { size = 0 } = entry.header;
        if (isFile(entry)) {
          const keep = size <= largestDescription && kept + size <= mostKept;
          kept += keep ? size : 0;
          members.set(name, {
            name: entry.header.name,
            offset: dataOffset(entry),
            size,
            ...(keep ? { content: await contentOf(entry) } : {}),
          });
        } else {
          const target = linkTarget(entry);
          if (target !== undefined) members.set(name, { target });
        }
        entry.resume();
      }
      await reading;
    } catch (error) {
      signal.throwIfAborted();
      const reason = (error as Error).message;
      throw new RootfsError("rootfs-image-format", { file, reason }, { cause: error });
    }
    return new TarStore(file, compression, members);
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#find(name)?.content);
  }

  size(name: string): Promise<number | undefined> {
    return Promise.resolve(this.#find(name)?.size);
  }

  nameOf(name: string): string {
    return this.#member(name).name;
  }

  open(name: string): Readable {
    const { offset, size } = this.#member(name);
    // An empty range cannot be said.
    return size === 0
      ? createReadStream("/dev/null")
      : createReadStream(this.#file, { start: offset, end: offset + size - 1 });
  }

  async prepare(workspace: string, signal: AbortSignal): Promise<void> {
    const unpacker = decompressor(this.compression);
    if (unpacker === undefined) return;
    await pipeline(createReadStream(this.place), unpacker, createWriteStream(workspace), {
      signal,
    });
    this.#file = workspace;
  }

  #member(name: string) {
    const member = this.#find(name);
    if (member !== undefined) return member;
    throw new RootfsError("rootfs-image-incomplete", { file: this.place, blob: name });
  }

  #find(name: string) {
    let member = this.members.get(memberName(name));
    for (let links = 0; links < mostLinks && member !== undefined; links++) {
      if (!("target" in member)) return member;
      member = this.members.get(member.target);
    }
    return undefined;
  }
}

async function compressionOfFile(file: string): Promise<Compression> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return compressionOf(buffer);
  } finally {
    await handle.close();
  }
}

/** One spelling for every way to write a name. */
const memberName = (name: string): string => path.posix.normalize(`/${name}`).replace(/\/$/, "");

const isFile = ({ header: { type } }: Entry): boolean =>
  type === "file" || type === "contiguous-file";

/** Older archives of docker save have one layer and links to it where it is used twice. */
function linkTarget({ header: { name, type, linkname } }: Entry): string | undefined {
  if (type === "symlink") return memberName(`${path.posix.dirname(name)}/${linkname ?? ""}`);
  return type === "link" ? memberName(linkname ?? "") : undefined;
}

/** The header takes one block; tar-stream tells where it begins. */
function dataOffset(entry: Entry & { offset?: unknown }): number {
  if (typeof entry.offset !== "number") throw new TypeError("tar-stream does not tell offsets");
  return entry.offset + 512;
}

async function contentOf(entry: Entry): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks);
}
