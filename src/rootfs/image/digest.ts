import { createHash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { RootfsError } from "../rootfs-error.js";

/** A digest as the OCI image specification writes it, with the algorithms registered there. */
export const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Where an OCI layout has the content of a digest. */
export const blobName = (digest: string): string => `blobs/${digest.replace(":", "/")}`;

/** @throws RootfsError when content is not what its digest says */
export function verifyDigest(content: Uint8Array, digest: string): void {
  const [algorithm = ""] = digest.split(":");
  expectDigest(`${algorithm}:${createHash(algorithm).update(content).digest("hex")}`, digest);
}

function expectDigest(found: string, expected: string): void {
  if (found !== expected) throw new RootfsError("rootfs-digest", { expected, found });
}

/** Passes a stream on, and fails at its end when it was not what its digest says. */
export class DigestVerifier extends Transform {
  readonly #hash;
  readonly #algorithm;

  constructor(private readonly digest: string) {
    super();
    [this.#algorithm = ""] = digest.split(":");
    this.#hash = createHash(this.#algorithm);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    try {
      expectDigest(`${this.#algorithm}:${this.#hash.digest("hex")}`, this.digest);
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}
