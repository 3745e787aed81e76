/** The JSON files of images, as far as they are needed: OCI image specification 1.1, docker save. */
import * as z from "zod";
import { RootfsError } from "../rootfs-error.js";
import { digestPattern } from "./digest.js";

const digest = z.string().regex(digestPattern);

const platform = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
});

export type Platform = z.infer<typeof platform>;

const descriptor = z.object({
  mediaType: z.string().optional(),
  digest,
  size: z.int().min(0),
  platform: platform.optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
});

export type Descriptor = z.infer<typeof descriptor>;

/** index.json, and the lists of one image for many platforms. */
export const imageIndex = z.object({ manifests: z.array(descriptor) });

export const imageManifest = z.object({ config: descriptor, layers: z.array(descriptor) });

/** What an image says about running it. Docker writes null for what is not set. */
export const runConfig = z.object({
  User: z.string().nullish(),
  Env: z.array(z.string()).nullish(),
  Entrypoint: z.array(z.string()).nullish(),
  Cmd: z.array(z.string()).nullish(),
  WorkingDir: z.string().nullish(),
});

export type RunConfig = z.infer<typeof runConfig>;

export const imageConfig = platform.extend({
  config: runConfig.nullish(),
  rootfs: z.object({ type: z.literal("layers"), diff_ids: z.array(digest) }),
});

/** manifest.json of docker save: all images of the archive. */
export const archiveManifest = z.array(
  z.object({
    Config: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Layers: z.array(z.string()),
  }),
);

/**
 * Reads one of these.
 * @throws RootfsError when it is something else
 */
export function parseDescription<Schema extends z.ZodType>(
  schema: Schema,
  content: Uint8Array,
  file: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(content, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const reason = issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`;
  throw new RootfsError("rootfs-image-format", { file, reason });
}

function parseJson(content: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (error) {
    const reason = (error as Error).message;
    throw new RootfsError("rootfs-image-format", { file, reason }, { cause: error });
  }
}
