import path from "node:path";
import { RootfsError } from "../rootfs-error.js";
import {
  archiveManifest,
  type Descriptor,
  imageConfig,
  imageIndex,
  imageManifest,
  parseDescription,
  type Platform,
} from "./descriptions.js";
import { blobName, digestPattern, verifyDigest } from "./digest.js";
import type { Image, ImageChoice, Layer } from "./image.js";
import { hostPlatform, parsePlatform, platformText, suits } from "./platform.js";
import type { ImageStore } from "./store.js";

/**
 * Finds an image in an OCI layout or in an archive of docker save, and verifies every digest but those of the
 * layers, which are verified when they are read.
 *
 * @throws RootfsError when there is none, or several that are meant alike
 */
export async function findImage(store: ImageStore, choice: ImageChoice): Promise<Image> {
  const finder = new ImageFinder(store, choice);
  const index = await store.read("index.json");
  if (index !== undefined && (await store.size("oci-layout")) !== undefined)
    return finder.inLayout(parseDescription(imageIndex, index, "index.json").manifests);
  const manifest = await store.read("manifest.json");
  if (manifest !== undefined) return finder.inArchive(manifest);
  const reason = "index.json, manifest.json";
  throw new RootfsError("rootfs-image-none", { file: store.place, reason });
}

const indexTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

class ImageFinder {
  readonly #wanted: Platform;

  constructor(
    private readonly store: ImageStore,
    private readonly choice: ImageChoice,
  ) {
    this.#wanted = choice.platform === undefined ? hostPlatform() : parsePlatform(choice.platform);
  }

  /** index.json of a layout: images by name, and each maybe for many platforms. */
  async inLayout(descriptors: readonly Descriptor[]): Promise<Image> {
    const images = descriptors.filter(isImage);
    const named = this.#byName(
      images.map((image) => ({ image, names: namesOf(image) })),
      // The same image for other platforms is no other image.
      (left, right) =>
        namesOf(left).join() === namesOf(right).join() && right.platform !== undefined,
    );
    const name = namesOf(named[0])[0];
    return this.#byPlatform(named, name);
  }

  /** manifest.json of docker save. */
  async inArchive(content: Uint8Array): Promise<Image> {
    const images = parseDescription(archiveManifest, content, "manifest.json");
    const [image] = this.#byName(
      images.map((each) => ({ image: each, names: each.RepoTags ?? [] })),
      () => false,
    );
    const { Config: file, Layers: files, RepoTags: names } = image;
    const config = await this.#read(file);
    // Its name is its digest: HEX.json, or blobs/sha256/HEX.
    const id = `sha256:${path.posix.basename(file, ".json")}`;
    if (!digestPattern.test(id))
      throw new RootfsError("rootfs-image-format", { file: "manifest.json", reason: file });
    verifyDigest(config, id);
    return this.#image(
      id,
      config,
      files.map((each) => ({ file: each, digest: undefined })),
      names?.[0],
    );
  }

  /** What `--tag` means, or the only one there is. */
  #byName<Item>(
    items: readonly { readonly image: Item; readonly names: readonly string[] }[],
    belongTogether: (left: Item, right: Item) => boolean,
  ): [Item, ...Item[]] {
    const { tag } = this.choice;
    const matching =
      tag === undefined
        ? items
        : items.filter(({ names }) => names.some((name) => isCalled(name, tag)));
    const [first, ...others] = matching.map(({ image }) => image);
    const values = {
      file: this.store.place,
      tag: tag ?? "",
      images: items.map(({ names }) => names.join(" ") || "<none>").join(", "),
    };
    if (first === undefined)
      throw tag === undefined || items.length === 0
        ? new RootfsError("rootfs-image-none", values)
        : new RootfsError("rootfs-image-unknown", values);
    if (!others.every((each) => belongTogether(first, each)))
      throw new RootfsError("rootfs-image-which", values);
    return [first, ...others];
  }

  async #byPlatform(descriptors: readonly Descriptor[], name: string | undefined): Promise<Image> {
    const suiting = descriptors.find(({ platform }) => platform && suits(platform, this.#wanted));
    const chosen = suiting ?? descriptors.find(({ platform }) => platform === undefined);
    if (chosen === undefined) throw this.#noPlatform(descriptors.map(({ platform }) => platform));
    const content = await this.#blob(chosen.digest);
    if (indexTypes.includes(chosen.mediaType ?? "")) {
      const { manifests } = parseDescription(imageIndex, content, chosen.digest);
      return this.#byPlatform(manifests.filter(isImage), name);
    }
    const { config, layers } = parseDescription(imageManifest, content, chosen.digest);
    return this.#image(
      config.digest,
      await this.#blob(config.digest),
      layers.map(({ digest }) => ({ file: blobName(digest), digest })),
      name,
    );
  }

  async #image(
    id: string,
    content: Uint8Array,
    files: readonly Omit<Layer, "diffId">[],
    name: string | undefined,
  ): Promise<Image> {
    const { rootfs, config, ...platform } = parseDescription(imageConfig, content, id);
    if (!suits(platform, this.#wanted)) throw this.#noPlatform([platform]);
    if (rootfs.diff_ids.length !== files.length) {
      const reason = `rootfs.diff_ids: ${String(rootfs.diff_ids.length)} ≠ ${String(files.length)}`;
      throw new RootfsError("rootfs-image-format", { file: id, reason });
    }
    for (const { file } of files)
      if ((await this.store.size(file)) === undefined)
        throw new RootfsError("rootfs-image-incomplete", { file: this.store.place, blob: file });
    const layers = files.map((each, index) => ({ ...each, diffId: rootfs.diff_ids[index] ?? "" }));
    return { id, name: name ?? id, config: config ?? {}, layers };
  }

  #noPlatform(platforms: readonly (Platform | undefined)[]): RootfsError {
    return new RootfsError("rootfs-image-platform", {
      file: this.store.place,
      platform: platformText(this.#wanted),
      platforms: platforms.flatMap((each) => (each ? [platformText(each)] : [])).join(", "),
    });
  }

  async #read(file: string): Promise<Uint8Array> {
    const content = await this.store.read(file);
    if (content === undefined)
      throw new RootfsError("rootfs-image-incomplete", { file: this.store.place, blob: file });
    return content;
  }

  async #blob(digest: string): Promise<Uint8Array> {
    const content = await this.#read(blobName(digest));
    verifyDigest(content, digest);
    return content;
  }
}

/** Attestations of a build lie beside the images of an index, for a platform that does not exist. */
const isImage = ({ platform, annotations }: Descriptor): boolean =>
  platform?.os !== "unknown" && annotations?.["vnd.docker.reference.type"] === undefined;

/** What an image of a layout is called: by docker save a whole name and a tag, by others one of them. */
const namesOf = ({ annotations }: Descriptor): string[] =>
  ["io.containerd.image.name", "org.opencontainers.image.ref.name"].flatMap(
    (key) => annotations?.[key] ?? [],
  );

/** Whether somebody who says `tag` means an image of that name: `latest`, `alpine:latest`, or all of it. */
const isCalled = (name: string, tag: string): boolean =>
  name === tag || name.endsWith(`:${tag}`) || name.endsWith(`/${tag}`);
