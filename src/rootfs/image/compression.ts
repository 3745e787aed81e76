import { Transform, type TransformCallback } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";

/** How a stream is compressed. */
export type Compression = "none" | "gzip" | "zstd" | "bzip2" | "xz";

/** How compressed files begin: RFC 1952, RFC 8878, and the formats of bzip2 and xz. */
const beginnings: readonly [Compression, readonly number[]][] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** What media types say is often wrong, and archives say nothing; the bytes themselves do not lie. */
export const compressionOf = (start: Uint8Array): Compression =>
  beginnings.find(([, bytes]) => bytes.every((byte, index) => start[index] === byte))?.[0] ??
  "none";

/** What decompresses a stream; undefined when nothing has to, or nothing here can. */
export function decompressor(compression: Compression): Transform | undefined {
  if (compression === "gzip") return createGunzip();
  if (compression === "zstd") return new ZstdDecompressor();
  return undefined;
}

/** Whether layers compressed like this can be read. */
export const isReadable = (compression: Compression): boolean =>
  compression === "none" || compression === "gzip" || compression === "zstd";

/** Node has its own only since version 22.15. */
class ZstdDecompressor extends Transform {
  readonly #stream = new Decompress((chunk) => this.push(chunk));

  override _transform(chunk: Uint8Array, _: BufferEncoding, done: TransformCallback): void {
    this.#feed(chunk, false, done);
  }

  override _flush(done: TransformCallback): void {
    this.#feed(new Uint8Array(), true, done);
  }

  #feed(chunk: Uint8Array, last: boolean, done: TransformCallback): void {
    try {
      this.#stream.push(chunk, last);
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}
