import * as z from "zod";
import { findTool } from "../../kernel/find-tool.js";
import { parseDescription, runConfig } from "../image/descriptions.js";
import { RootfsError } from "../rootfs-error.js";
import { runTool } from "../tool.js";

/** A container engine: both have the same command line. */
export type EngineName = "docker" | "podman";

const inspected = z
  .array(
    z.object({
      Id: z.string().regex(/^(?:sha256:)?[0-9a-f]{64}$/),
      Os: z.string(),
      Architecture: z.string(),
      Variant: z.string().nullish(),
      Config: runConfig.nullish(),
    }),
  )
  .min(1);

/** An image as an engine knows it. */
export type EngineImage = z.infer<typeof inspected>[number];

/**
 * The engine to ask: the one that was named, else the first that is there and answers.
 * @throws RootfsError when there is none
 */
export async function findEngine(
  name: EngineName | undefined,
  signal: AbortSignal,
): Promise<EngineName> {
  if (name !== undefined) return name;
  let failure: unknown = new RootfsError("rootfs-no-engine");
  for (const each of ["docker", "podman"] as const) {
    if (findTool(each) === undefined) continue;
    try {
      // Docker's command is often there without its daemon.
      await runTool([each, "version", "--format", "{{.Server.Version}}"], { signal });
      return each;
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    }
  }
  throw failure;
}

/** What an engine has under a name; undefined when it has nothing. */
export async function inspectImage(
  engine: EngineName,
  image: string,
  signal: AbortSignal,
): Promise<EngineImage | undefined> {
  const output = await runTool([engine, "image", "inspect", "--", image], { signal }).catch(
    (error: unknown) => {
      if (isNotThere(error)) return undefined;
      throw error;
    },
  );
  if (output === undefined) return undefined;
  return parseDescription(inspected, Buffer.from(output), `${engine} image inspect`)[0];
}

/** Docker and podman say it differently, and both exit as for anything else. */
const isNotThere = (error: unknown): boolean =>
  error instanceof RootfsError &&
  /no such (image|object)|not known|failed to find image/i.test(error.values["reason"] ?? "");
