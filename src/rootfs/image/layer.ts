import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import { RootfsError } from "../rootfs-error.js";
import { compressionOf, decompressor, isReadable } from "./compression.js";
import { DigestVerifier } from "./digest.js";
import { readEntry } from "./entry.js";
import type { Extractor } from "./extractor.js";

export interface LayerSource {
  /** What messages call it. */
  readonly name: string;
  readonly content: Readable;
  /** Digests of the content as it is, and not compressed; only those that are known are verified. */
  readonly digest?: string | undefined;
  readonly diffId?: string | undefined;
  readonly onBytes?: (count: number) => void;
}

/**
 * Applies a layer: a tar archive, compressed or not.
 * @throws RootfsError when it is damaged, is not what its digests say, or would reach outside
 */
export async function applyLayer(
  { name, content, digest, diffId, onBytes }: LayerSource,
  extractor: Extractor,
  signal: AbortSignal,
): Promise<void> {
  const start = await firstChunk(content);
  const compression = compressionOf(start);
  if (!isReadable(compression)) {
    content.destroy();
    throw new RootfsError("rootfs-compression", { file: name, compression });
  }
  const entries = extract();
  const stages = [
    digest === undefined ? undefined : new DigestVerifier(digest),
    decompressor(compression),
    diffId === undefined ? undefined : new DigestVerifier(diffId),
  ];
  const counted = Readable.from(counting(content, onBytes), { objectMode: false });
  const reading = pipeline([counted, ...stages.filter((stage) => stage !== undefined), entries], {
    signal,
  });
  reading.catch(() => undefined);
  extractor.beginLayer();
  try {
    for await (const entry of entries) {
      await extractor.apply(readEntry(entry), entry);
      entry.resume();
    }
    await reading;
  } catch (error) {
    signal.throwIfAborted();
    throw explained(error, name);
  }
}

async function* counting(stream: Readable, onBytes: LayerSource["onBytes"]) {
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

/** What the archive itself is wrong about; errors of the file system are told as they are. */
function explained(error: unknown, layer: string): unknown {
  if (error instanceof RootfsError || isSystemError(error)) return error;
  const reason = (error as Error).message;
  return new RootfsError("rootfs-layer-damaged", { layer, reason }, { cause: error });
}

const isSystemError = (error: unknown): boolean => "syscall" in (error as object);

/** Reads the first chunk, and puts it back. */
async function firstChunk(stream: Readable): Promise<Uint8Array> {
  await new Promise<void>((resolve, reject) => {
    stream.once("readable", resolve).once("end", resolve).once("error", reject);
  });
  const chunk = (stream.read() ?? new Uint8Array()) as Uint8Array;
  if (chunk.length > 0) stream.unshift(chunk);
  return chunk;
}
