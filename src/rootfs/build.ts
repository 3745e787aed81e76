import { chmod, lstat, mkdir, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { type CacheEntry, RootfsCache } from "./cache.js";
import { RootfsError } from "./rootfs-error.js";
import type { RootfsSaying } from "./saying.js";
import { type Populated, type RootfsSource, sourceKinds } from "./source.js";

export interface BuildOptions {
  /** Where root file systems are kept for the next time; nowhere by default. */
  readonly cache?: string;
  /** Ends the building; nothing is left then. */
  readonly signal?: AbortSignal;
  /** Told what happens at the moment. */
  readonly onProgress?: (saying: RootfsSaying) => void;
}

export interface BuiltRootfs extends Populated {
  /** The entry of the cache that it was taken from, if any. */
  readonly cached: CacheEntry | undefined;
  /** Why it could not be kept for the next time. */
  readonly notKept: Error | undefined;
}

/**
 * Makes a root file system.
 *
 * It is built beside the directory and then renamed, so an interruption leaves nothing half done.
 *
 * @param directory may exist when it is empty
 * @throws RootfsError; the signal's reason when it was interrupted
 */
export async function buildRootfs(
  directory: string,
  source: RootfsSource,
  { cache: cachePath, signal = new AbortController().signal, onProgress }: BuildOptions = {},
): Promise<BuiltRootfs> {
  const progress = onProgress ?? (() => undefined);
  const target = await emptyTarget(directory);
  const { prepare } = await sourceKinds[source.kind].load();
  const preparation = await prepare(source, { signal, progress });
  const cache = cachePath === undefined ? undefined : new RootfsCache(cachePath);
  const cached = await cache?.find(preparation);
  const beside = `${target}.${String(process.pid)}.partial`;
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(path.dirname(target), { recursive: true });
    await mkdir(beside);
    await chmod(beside, 0o755);
    const populated = cached?.populated ?? (await preparation.populate(beside));
    let notKept: Error | undefined;
    if (cached !== undefined) await cache?.take(cached, beside, signal);
    else
      notKept = await cache?.keep(preparation, beside, populated, signal).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
    signal.throwIfAborted();
    await moveInto(beside, target);
    return { ...populated, cached, notKept };
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    await removeEmpty(path.dirname(target), firstMade);
    signal.throwIfAborted();
    throw isDiskFull(error)
      ? new RootfsError("rootfs-disk-full", { directory: path.dirname(target) }, { cause: error })
      : error;
  }
}

/**
 * The directory to make: without symbolic links where it exists already, else below one that exists.
 * @throws RootfsError when there is something in it, or in its place
 */
async function emptyTarget(directory: string): Promise<string> {
  const target = await realpath(directory).catch(() => path.resolve(directory));
  const status = await lstat(target).catch(() => undefined);
  if (status === undefined) return target;
  if (!status.isDirectory() || (await readdir(target)).length > 0)
    throw new RootfsError("rootfs-exists", { directory });
  if (status.dev !== (await lstat(path.dirname(target))).dev)
    throw new RootfsError("rootfs-mount-point", { directory });
  return target;
}

/** Removes a directory and those above it up to the first one that was made, unless there is something in them. */
async function removeEmpty(directory: string, firstMade: string | undefined): Promise<void> {
  if (firstMade === undefined) return;
  for (let each = directory; each.length >= firstMade.length; each = path.dirname(each))
    await rmdir(each).catch(() => undefined);
}

/** rename(2) replaces an empty directory, and nothing else. */
async function moveInto(beside: string, target: string): Promise<void> {
  await rename(beside, target).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR")
      throw new RootfsError("rootfs-exists", { directory: target }, { cause: error });
    if (code === "EBUSY")
      throw new RootfsError("rootfs-mount-point", { directory: target }, { cause: error });
    throw error;
  });
}

const isDiskFull = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === "ENOSPC" ||
  (error instanceof RootfsError && /No space left on device/.test(error.values["reason"] ?? ""));
