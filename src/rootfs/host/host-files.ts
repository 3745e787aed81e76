import { lstat, readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { exists } from "../exists.js";
import { RootfsError } from "../rootfs-error.js";
import { isBinary, neededBy } from "./executable.js";
import { findTool } from "../../kernel/find-tool.js";

/** What is taken from the host, and where it goes. Everything lies in the root file system where it lies here. */
export interface HostFiles {
  /** Files, by paths without symbolic links. */
  readonly files: ReadonlySet<string>;
  /** Directories that are copied with everything in them, by paths without symbolic links. */
  readonly trees: ReadonlySet<string>;
  /** Symbolic links, and what they lead to. */
  readonly links: ReadonlyMap<string, string>;
}

/** The list of the libraries outside the directories that the dynamic loader knows, see ld.so(8). */
const loaderCache = "/etc/ld.so.cache";

/**
 * Finds out what commands and paths of this host need to work somewhere else: the libraries and interpreters
 * of executables, and of those again.
 *
 * @param provided whether the root file system has a path already
 * @throws RootfsError when the host lacks one of them
 */
export async function findHostFiles(
  commands: readonly string[],
  paths: readonly string[],
  provided: (path: string) => boolean,
  signal?: AbortSignal,
): Promise<HostFiles> {
  const finder = new Finder(provided);
  for (const command of commands) await finder.addCommand(command);
  for (const each of paths) await finder.addPath(path.resolve(each));
  await finder.addNeeds(signal);
  return finder;
}

class Finder implements HostFiles {
  readonly files = new Set<string>();
  readonly trees = new Set<string>();
  readonly links = new Map<string, string>();
  /** Files whose needs are still to be found out. */
  #open: string[] = [];
  readonly #seen = new Set<string>();

  constructor(private readonly provided: (path: string) => boolean) {}

  /** A command goes where it lies on the host, and is found in /bin besides. */
  async addCommand(command: string): Promise<void> {
    const place = `/bin/${command}`;
    if (this.provided(place)) return;
    const file = findTool(command);
    if (file === undefined) throw new RootfsError("rootfs-no-command", { command });
    await this.#add(place, file);
    await this.addPath(file);
  }

  async addPath(file: string): Promise<void> {
    await this.#add(file, file);
  }

  async addNeeds(signal?: AbortSignal): Promise<void> {
    let loaded = false;
    while (this.#open.length > 0) {
      const needed = await neededBy(this.#open.splice(0), signal);
      for (const each of needed.commands) await this.addCommand(each);
      for (const each of [...needed.interpreters, ...needed.libraries])
        if (!this.provided(each)) await this.addPath(each);
      loaded ||= needed.libraries.length > 0;
    }
    if (loaded && (await exists(loaderCache))) this.files.add(loaderCache);
  }

  /** Adds a file or a directory of the host, and a link that leads to it from where it is looked for. */
  async #add(place: string, file: string): Promise<void> {
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    const real = await realpath(file).catch((error: unknown) => {
      throw new RootfsError("rootfs-no-path", { path: file }, { cause: error });
    });
    if (real !== place) this.links.set(place, real);
    const status = await lstat(real);
    if (status.isDirectory()) {
      if (this.trees.has(real)) return;
      this.trees.add(real);
      this.#open.push(...(await binariesBelow(real)));
    } else if (!this.files.has(real)) {
      this.files.add(real);
      if (status.isFile()) this.#open.push(real);
    }
  }
}

/**
 * The binaries below a directory: executables, and shared objects by their names. What scripts in there ask for
 * is not looked at; many were never meant to be executed.
 */
async function binariesBelow(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(directory, { recursive: true })) {
    const file = path.join(directory, name);
    const status = await lstat(file);
    const mayBe = /\.so(\.|$)/.test(name) || (status.mode & 0o111) !== 0;
    if (status.isFile() && mayBe && (await isBinary(file))) found.push(file);
  }
  return found;
}
