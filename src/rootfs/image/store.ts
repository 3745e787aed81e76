import type { Readable } from "node:stream";

/** The files of an image, by the names they have in an archive or a layout directory. */
export interface ImageStore {
  /** What messages call it. */
  readonly place: string;
  /** The content of a small file; undefined when there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** How large a file is; undefined when there is no such file. */
  size(name: string): Promise<number | undefined>;
  /** What a file that is there is called where it lies: links are followed, and no spelling is changed. */
  nameOf(name: string): string;
  /** The content of a file that is there. */
  open(name: string): Readable;
  /**
   * Makes {@link open} possible.
   * @param workspace a name for a file that may be made; whoever asks removes it
   */
  prepare(workspace: string, signal: AbortSignal): Promise<void>;
}

/** The largest description of an image that is read; the OCI distribution specification allows 4 MiB. */
export const largestDescription = 4 * 1024 * 1024;
