import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { type ImageStore, largestDescription } from "./store.js";

/**
 * An OCI image layout in a directory. Its names are fixed, or made from digests, so none leads out of it; what a
 * symbolic link in there leads to does not have the right digest.
 */
export class DirectoryStore implements ImageStore {
  constructor(readonly place: string) {}

  async read(name: string): Promise<Uint8Array | undefined> {
    const size = await this.size(name);
    return size === undefined || size > largestDescription ? undefined : readFile(this.#file(name));
  }

  async size(name: string): Promise<number | undefined> {
    const status = await stat(this.#file(name)).catch(() => undefined);
    return status?.isFile() === true ? status.size : undefined;
  }

  nameOf(name: string): string {
    return name;
  }

  open(name: string): Readable {
    return createReadStream(this.#file(name));
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  #file(name: string): string {
    return path.join(this.place, name);
  }
}
