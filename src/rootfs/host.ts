import { execFile } from "node:child_process";
import {
  access,
  chmod,
  constants,
  copyFile,
  mkdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { deviceNodes, directories, group, passwd } from "./layout.js";
import { makeDirectories } from "./make-directories.js";

const execute = promisify(execFile);

/** A command that this host does not have. */
export class MissingCommandError extends Error {
  override readonly name = "MissingCommandError";

  constructor(readonly command: string) {
    super(`this host has no command ${command}`);
  }
}

export interface HostRootfs {
  /** What the commands were taken from. */
  readonly source: "busybox" | "commands";
}

/**
 * Makes a minimal root file system from this host: a static busybox with all its commands where there is
 * one, else the commands asked for with the libraries that ldd(1) names. Device nodes are made when root.
 *
 * It is built beside the directory and then renamed, so an interruption leaves nothing half done.
 *
 * @param directory must not exist yet
 * @throws MissingCommandError; EEXIST when the directory exists
 */
export async function buildHostRootfs(
  directory: string,
  commands: readonly string[],
): Promise<HostRootfs> {
  const target = path.resolve(directory);
  if (await exists(target)) throw Object.assign(new Error(`${target} exists`), { code: "EEXIST" });
  await mkdir(path.dirname(target), { recursive: true });
  const beside = `${target}.${String(process.pid)}.partial`;
  try {
    const source = await populateRootfs(beside, commands);
    await rename(beside, target);
    return { source };
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Fills an empty directory.
 * @throws MissingCommandError
 */
export async function populateRootfs(
  root: string,
  commands: readonly string[],
): Promise<HostRootfs["source"]> {
  for (const directory of directories) makeDirectories(path.join(root, directory));
  await chmod(path.join(root, "tmp"), 0o1777);
  for (const [file, content] of [
    ["etc/passwd", passwd],
    ["etc/group", group],
  ] as const) {
    await writeFile(path.join(root, file), content);
    await chmod(path.join(root, file), 0o644);
  }
  if (process.geteuid?.() === 0)
    for (const { name, major, minor } of deviceNodes)
      await execute("mknod", [
        "-m",
        "666",
        path.join(root, "dev", name),
        "c",
        String(major),
        String(minor),
      ]);

  const busybox = await staticBusybox();
  const applets = busybox === undefined ? [] : await installBusybox(root, busybox);
  for (const command of commands) if (!applets.includes(command)) await copyCommand(root, command);
  return busybox === undefined ? "commands" : "busybox";
}

async function installBusybox(root: string, busybox: string): Promise<string[]> {
  await copyFile(busybox, path.join(root, "bin/busybox"));
  const { stdout } = await execute(busybox, ["--list"]);
  const applets = stdout.split("\n").filter((applet) => applet !== "" && applet !== "busybox");
  for (const applet of applets) await symlink("/bin/busybox", path.join(root, "bin", applet));
  return applets;
}

/** The host's busybox if it needs no library: ldd fails for a static executable. */
async function staticBusybox(): Promise<string | undefined> {
  const busybox = await findCommand("busybox");
  if (busybox === undefined) return undefined;
  return execute("ldd", [busybox]).then(
    () => undefined,
    () => busybox,
  );
}

async function copyCommand(root: string, command: string): Promise<void> {
  const file = await findCommand(command);
  if (file === undefined) throw new MissingCommandError(command);
  await copyFile(await realpath(file), path.join(root, "bin", command));
  for (const library of await librariesOf(file)) {
    const place = path.join(root, library);
    makeDirectories(path.dirname(place));
    await copyFile(await realpath(library), place);
  }
}

/** The shared libraries and the loader of an executable, as ldd(1) lists them; none when it is static. */
async function librariesOf(file: string): Promise<string[]> {
  const output = await execute("ldd", [file]).then(
    ({ stdout }) => stdout,
    () => "",
  );
  return [...output.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, library]) => library ?? "");
}

async function findCommand(command: string): Promise<string | undefined> {
  // A path would be copied to wherever it leads, out of the root file system too.
  if (!/^[^/]+$/.test(command)) return undefined;
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const candidate = path.join(directory || ".", command);
    if ((await exists(candidate, constants.X_OK)) && (await stat(candidate)).isFile())
      return candidate;
  }
  return undefined;
}

async function exists(file: string, mode = constants.F_OK): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
