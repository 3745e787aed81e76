import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { exists } from "./exists.js";
import type { Populated, Preparation } from "./source.js";
import { runTool } from "./tool.js";

/** How the lines of a key and the files of an entry are to be understood. */
const format = "1";

/** An entry that was not used for so long is removed, in days. */
const patience = 90;

/** A root file system in the cache. */
export interface CacheEntry {
  readonly file: string;
  readonly made: Date;
  readonly populated: Populated;
}

interface StoredRecord extends Populated {
  readonly format: string;
  readonly made: string;
  /** What the host's files looked like, by path. */
  readonly states: Readonly<Record<string, string>>;
}

/** Where root file systems are kept: the user's cache directory, see the XDG base directory specification. */
export const cacheDirectory = () =>
  path.join(process.env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "cooper/rootfs");

/**
 * Root file systems made before, each a tar archive and a record of what it is. Only their owner can read
 * them: they may have set-user-ID programs.
 */
export class RootfsCache {
  constructor(readonly directory: string) {}

  /** What was made before from the same, if all that it was made from is still the same. */
  async find({ key }: Preparation): Promise<CacheEntry | undefined> {
    const base = this.#base(key);
    const record = await readRecord(`${base}.json`);
    if (record === undefined || !(await exists(`${base}.tar`))) return undefined;
    for (const [file, state] of Object.entries(record.states))
      if ((await stateOf(file)) !== state) return undefined;
    const now = new Date();
    await utimes(`${base}.json`, now, now);
    return { file: `${base}.tar`, made: new Date(record.made), populated: record };
  }

  /** Fills an empty directory from an entry. */
  async take({ file }: CacheEntry, root: string, signal: AbortSignal): Promise<void> {
    await runTool(["tar", "--extract", "--file", file, "--directory", root, ...tarOptions], {
      signal,
    });
  }

  /** Keeps a root file system that was just made. */
  async keep(
    { key }: Preparation,
    root: string,
    populated: Populated,
    signal: AbortSignal,
  ): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await this.#removeOld();
    const base = this.#base(key);
    const partial = `${base}.${String(process.pid)}.partial`;
    const files = [...new Set(populated.inputs)];
    const states = Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await stateOf(file)] as const)),
    );
    const record: StoredRecord = {
      format,
      made: new Date().toISOString(),
      ...populated,
      inputs: files,
      states,
    };
    try {
      await runTool(
        ["tar", "--create", "--file", partial, "--directory", root, ...tarOptions, "."],
        {
          signal,
        },
      );
      // Without a record there is no entry.
      await rm(`${base}.json`, { force: true });
      await rename(partial, `${base}.tar`);
      await writeFile(partial, JSON.stringify(record));
      await rename(partial, `${base}.json`);
    } finally {
      await rm(partial, { force: true });
    }
  }

  #base(key: readonly string[]): string {
    const text = JSON.stringify([format, ...key]);
    return path.join(this.directory, createHash("sha256").update(text).digest("hex"));
  }

  /** Removes entries that nobody has used for long, and what a writer that died has left. */
  async #removeOld(): Promise<void> {
    const names = await readdir(this.directory);
    for (const name of names) {
      const file = path.join(this.directory, name);
      const status = await lstat(file).catch(() => undefined);
      if (status === undefined) continue;
      const days = (Date.now() - status.mtimeMs) / 86_400_000;
      const tar = file.replace(/\.json$/, ".tar");
      const isRecord = name.endsWith(".json");
      // A record says when its entry was used last; a file without one was left by a writer that died.
      const isComplete = name.endsWith(".tar") && names.includes(name.replace(/\.tar$/, ".json"));
      const isOld = isRecord ? days > patience : days > 1 && !isComplete;
      if (isOld) for (const each of [file, tar]) await rm(each, { force: true });
    }
  }
}

const tarOptions = ["--numeric-owner", "--xattrs", "--xattrs-include=*"];

/** What tells whether a file is still the same. */
async function stateOf(file: string): Promise<string> {
  const status = await lstat(file, { bigint: true }).catch(() => undefined);
  return status === undefined ? "" : `${String(status.size)} ${String(status.mtimeNs)}`;
}

async function readRecord(file: string): Promise<StoredRecord | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as StoredRecord;
    return record.format === format ? record : undefined;
  } catch {
    // Something else has written there; the entry will be written anew.
    return undefined;
  }
}
