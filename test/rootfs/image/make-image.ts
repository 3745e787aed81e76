/** Images made byte by byte, well-formed and hostile ones. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type Headers, pack } from "tar-stream";

export interface TarEntry extends Headers {
  readonly content?: string | Buffer;
  readonly pax?: Readonly<Record<string, string>>;
}

/** A tar archive of these entries, by tar-stream, which does not mind what they are called. */
export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries)
    archive.entry({ mode: 0o644, mtime: new Date(1e12), uid: 0, gid: 0, ...header }, content ?? "");
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const file = (name: string, content = name, more: Partial<TarEntry> = {}): TarEntry => ({
  name,
  content,
  ...more,
});
export const directory = (name: string, mode = 0o755): TarEntry => ({
  name,
  type: "directory",
  mode,
});
export const symlink = (name: string, linkname: string): TarEntry => ({
  name,
  type: "symlink",
  linkname,
});
export const hardLink = (name: string, linkname: string): TarEntry => ({
  name,
  type: "link",
  linkname,
});

export const sha256 = (content: string | Buffer): string =>
  `sha256:${createHash("sha256").update(content).digest("hex")}`;

export interface ImageParts {
  readonly layers: readonly Buffer[];
  /** How each layer is stored; as it is by default. */
  readonly compress?: (layer: Buffer) => Buffer;
  readonly name?: string;
  readonly config?: object;
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

const hostArchitecture = process.arch === "x64" ? "amd64" : process.arch;

function configOf({ layers, config = {}, os, architecture, variant }: ImageParts): string {
  return JSON.stringify({
    os: os ?? "linux",
    architecture: architecture ?? hostArchitecture,
    ...(variant === undefined ? {} : { variant }),
    config,
    rootfs: { type: "layers", diff_ids: layers.map(sha256) },
  });
}

type Files = Map<string, string | Buffer>;

const addBlob = (files: Files, content: string | Buffer, rest: object = {}) => {
  const digest = sha256(content);
  files.set(`blobs/${digest.replace(":", "/")}`, content);
  return { digest, size: Buffer.from(content).length, ...rest };
};

/** Adds an image's manifest, and returns what an index says about it. */
function addManifest(files: Files, image: ImageParts) {
  const { layers, compress = (layer: Buffer) => layer } = image;
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: addBlob(files, configOf(image)),
    layers: layers.map((layer) => addBlob(files, compress(layer))),
  });
  return addBlob(files, manifest, { mediaType: "application/vnd.oci.image.manifest.v1+json" });
}

/** The files of an OCI image layout with images of these names. */
export function ociFiles(...images: readonly ImageParts[]): Files {
  const files: Files = new Map([["oci-layout", '{"imageLayoutVersion":"1.0.0"}']]);
  const manifests = images.map((image) => ({
    ...addManifest(files, image),
    ...(image.name === undefined
      ? {}
      : { annotations: { "org.opencontainers.image.ref.name": image.name } }),
  }));
  return files.set("index.json", JSON.stringify({ schemaVersion: 2, manifests }));
}

/** The files of a layout with one image for many platforms, and an attestation as BuildKit adds it. */
export function multiPlatformFiles(...images: readonly ImageParts[]): Files {
  const files: Files = new Map([["oci-layout", '{"imageLayoutVersion":"1.0.0"}']]);
  const manifests = images.map((image) => ({
    ...addManifest(files, image),
    platform: {
      os: image.os ?? "linux",
      architecture: image.architecture ?? hostArchitecture,
      variant: image.variant,
    },
  }));
  const attestation = {
    ...addBlob(files, "{}"),
    platform: { os: "unknown", architecture: "unknown" },
  };
  const index = addBlob(
    files,
    JSON.stringify({ schemaVersion: 2, manifests: [attestation, ...manifests] }),
    { mediaType: "application/vnd.oci.image.index.v1+json" },
  );
  return files.set("index.json", JSON.stringify({ schemaVersion: 2, manifests: [index] }));
}

/** The files of an archive of docker save, as Docker wrote it before version 25. */
export function dockerFiles(...images: readonly ImageParts[]): Files {
  const files: Files = new Map();
  const manifest = images.map((image, number) => {
    const config = configOf(image);
    const name = `${sha256(config).slice("sha256:".length)}.json`;
    files.set(name, config);
    const layers = image.layers.map((layer, index) => {
      const place = `${String(number)}${String(index)}/layer.tar`;
      files.set(place, layer);
      return place;
    });
    return {
      Config: name,
      RepoTags: image.name === undefined ? null : [image.name],
      Layers: layers,
    };
  });
  return files.set("manifest.json", JSON.stringify(manifest));
}

export function writeFiles(place: string, files: Files): string {
  for (const [name, content] of files) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), content);
  }
  return place;
}

export async function writeTar(
  place: string,
  files: Files,
  links: readonly TarEntry[] = [],
): Promise<string> {
  const entries = [...files].map(([name, content]) => ({ name, content }));
  writeFileSync(place, await tarOf([...entries, ...links]));
  return place;
}

export const compressWithGzip = (content: Buffer): Buffer => gzipSync(content);
