import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { RootfsError } from "../rootfs-error.js";
import { Extractor } from "./extractor.js";
import type { Image } from "./image.js";
import { applyLayer } from "./layer.js";
import { Omissions } from "./omissions.js";
import type { ImageStore } from "./store.js";

/** A layer as tar(1) can apply it. */
export interface ExaminedLayer {
  /** What its file is called in the archive. */
  readonly file: string;
  /** The SHA-256 of that file, in hexadecimal. */
  readonly digest: string;
  /** What has to be removed before its files are added, relative to the root. */
  readonly removed: readonly string[];
}

/**
 * Applies an image where nobody sees it, and tells what it takes to do so with tar(1) alone.
 *
 * @throws RootfsError as when it is built; `rootfs-script-link` when tar(1) would follow a link out of the root
 */
export async function examineImage(
  store: ImageStore,
  { layers }: Image,
  signal: AbortSignal,
): Promise<ExaminedLayer[]> {
  const workspace = await mkdtemp(path.join(tmpdir(), "cooper-examine-"));
  let removed: string[] = [];
  const root = path.join(workspace, "root");
  await mkdir(root);
  const extractor = new Extractor(root, new Omissions(), {
    onRemove: (each) => removed.push(each),
    onIndirect: ({ parts }) => {
      throw new RootfsError("rootfs-script-link", { entry: parts.join("/") });
    },
  });
  try {
    await store.prepare(path.join(workspace, "archive"), signal);
    const examined: ExaminedLayer[] = [];
    for (const { file, digest, diffId } of layers) {
      removed = [];
      const content = store.open(file);
      await applyLayer({ name: file, content, digest, diffId }, extractor, signal);
      examined.push({ file: store.nameOf(file), digest: await sha256Of(store, file), removed });
    }
    return examined;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function sha256Of(store: ImageStore, file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of store.open(file) as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest("hex");
}
