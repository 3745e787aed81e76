import type { RunConfig } from "./descriptions.js";

/** One layer of an image. */
export interface Layer {
  /** The file it is in. */
  readonly file: string;
  /** The digest of that file, where the image has one. */
  readonly digest: string | undefined;
  /** The digest of what is in it, not compressed. */
  readonly diffId: string;
}

/** One image for one platform, in an archive or a layout directory. */
export interface Image {
  /** The digest of its configuration, which names every layer by digest: what Docker calls the image's id. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly config: RunConfig;
  /** The lowest one first. */
  readonly layers: readonly Layer[];
}

/** Which image of an archive is meant. */
export interface ImageChoice {
  /** A tag such as `latest`, or a whole name such as `alpine:latest`. */
  readonly tag: string | undefined;
  readonly platform: string | undefined;
}
