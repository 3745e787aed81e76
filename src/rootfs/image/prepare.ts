import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { RootfsError } from "../rootfs-error.js";
import { saying } from "../saying.js";
import type { MethodContext, Prepare } from "../source.js";
import { DirectoryStore } from "./directory-store.js";
import { Extractor } from "./extractor.js";
import { findImage } from "./find-image.js";
import type { Image } from "./image.js";
import { applyLayer } from "./layer.js";
import { Omissions } from "./omissions.js";
import type { ImageStore } from "./store.js";
import { TarStore } from "./tar-store.js";

/** From an archive of docker save, an OCI layout directory, or an archive of one; without any engine. */
export const prepare: Prepare = async ({ name, options }, context) => {
  const { tag, platform } = options;
  context.progress(saying("rootfs-reading-image", { file: name }));
  const store = await openStore(path.resolve(name), context.signal);
  const image = await findImage(store, { tag, platform });
  const isRoot = process.geteuid?.() === 0;
  return {
    // Its id names every layer by digest.
    key: ["archive", isRoot ? "root" : "user", image.id],
    populate: (root) => applyImage(store, image, root, context),
  };
};

/** Opens what `archive:PATH` names. */
export async function openStore(file: string, signal: AbortSignal): Promise<ImageStore> {
  const status = await stat(file).catch((error: unknown) => {
    throw new RootfsError("rootfs-no-path", { path: file }, { cause: error });
  });
  return status.isDirectory() ? new DirectoryStore(file) : TarStore.open(file, signal);
}

async function applyImage(
  store: ImageStore,
  { layers, name, config }: Image,
  root: string,
  { signal, progress }: MethodContext,
) {
  const omissions = new Omissions();
  const extractor = new Extractor(root, omissions);
  // A compressed archive has to be decompressed once to be read in any order.
  const workspace = `${root}.archive`;
  try {
    await store.prepare(workspace, signal);
    for (const [index, { file, digest, diffId }] of layers.entries()) {
      const size = (await store.size(file)) ?? 0;
      let done = 0;
      const onBytes = (count: number) => {
        done += count;
        progress(
          saying("rootfs-layer", {
            number: String(index + 1),
            count: String(layers.length),
            percent: String(size === 0 ? 100 : Math.floor((done * 100) / size)),
          }),
        );
      };
      const content = store.open(file);
      await applyLayer({ name: file, content, digest, diffId, onBytes }, extractor, signal);
    }
    extractor.finish();
  } finally {
    await rm(workspace, { force: true });
  }
  return {
    from: saying("rootfs-from-image", { image: name }),
    notes: omissions.notes(),
    run: config,
  };
}
