import { randomUUID } from "node:crypto";
import { Extractor } from "../image/extractor.js";
import { applyLayer } from "../image/layer.js";
import { Omissions } from "../image/omissions.js";
import { hostPlatform, parsePlatform, platformText, suits } from "../image/platform.js";
import { RootfsError } from "../rootfs-error.js";
import { saying } from "../saying.js";
import type { MethodContext, Prepare } from "../source.js";
import { runTool } from "../tool.js";
import { type EngineImage, type EngineName, findEngine, inspectImage } from "./engine.js";

/** From an image of docker's or podman's: by `create` and `export`, as if a container of it had been stopped. */
export const prepare: Prepare = async ({ kind, name, options: { platform } }, context) => {
  const engine = await findEngine(
    kind === "image" ? undefined : (kind as EngineName),
    context.signal,
  );
  const image = await findImage(engine, name, platform, context);
  const isRoot = process.geteuid?.() === 0;
  return {
    key: ["engine", isRoot ? "root" : "user", image.Id],
    populate: async (root) => ({
      from: saying("rootfs-from-image", { image: name }),
      notes: await exportImage(engine, image.Id, root, context),
      run: image.Config ?? {},
    }),
  };
};

/** The image that the engine has, or gets from its registry, for the platform that is wanted. */
async function findImage(
  engine: EngineName,
  name: string,
  platform: string | undefined,
  { signal, progress }: MethodContext,
): Promise<EngineImage> {
  const wanted = platform === undefined ? hostPlatform() : parsePlatform(platform);
  const fits = ({ Os: os, Architecture: architecture, Variant: variant }: EngineImage) =>
    suits({ os, architecture, variant: variant ?? undefined }, wanted);
  const present = await inspectImage(engine, name, signal);
  if (present !== undefined && fits(present)) return present;
  progress(saying("rootfs-pulling", { image: name, engine }));
  const choice = ["--platform", platformText(wanted)];
  await runTool([engine, "pull", ...choice, "--", name], { signal });
  const pulled = await inspectImage(engine, name, signal);
  if (pulled === undefined || !fits(pulled))
    throw new RootfsError("rootfs-image-platform", {
      file: name,
      platform: platformText(wanted),
      platforms: pulled === undefined ? "" : `${pulled.Os}/${pulled.Architecture}`,
    });
  return pulled;
}

async function exportImage(
  engine: EngineName,
  id: string,
  root: string,
  { signal, progress }: MethodContext,
) {
  // Known before there is a container, so that it can be removed whatever happens.
  const container = `cooper-rootfs-${randomUUID()}`;
  const omissions = new Omissions();
  const extractor = new Extractor(root, omissions, { form: "flat" });
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    progress(
      saying("rootfs-exporting", { engine, mebibytes: String(Math.floor(bytes / 2 ** 20)) }),
    );
  };
  try {
    // The command is never run; an image without one of its own cannot be created without.
    const options = ["--name", container, "--network", "none"];
    await runTool([engine, "create", ...options, "--", id, "true"], { signal });
    await runTool([engine, "export", "--", container], {
      signal,
      read: (content) =>
        applyLayer({ name: `${engine} export`, content, onBytes }, extractor, signal),
    });
    extractor.finish();
  } finally {
    await runTool([engine, "rm", "--force", "--volumes", "--", container], { mayFail: true });
  }
  return omissions.notes();
}
