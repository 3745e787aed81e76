import { chmod, copyFile, realpath, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { exists } from "../exists.js";
import { deviceNodes, directories, group, passwd } from "../layout.js";
import { makeDirectories } from "../make-directories.js";
import { RootfsError } from "../rootfs-error.js";
import { resolveInRoot } from "../resolve-in-root.js";
import { runTool } from "../tool.js";
import { findTool } from "../../kernel/find-tool.js";
import { findHostFiles, type HostFiles } from "./host-files.js";

export interface HostRootfs {
  /** Commands of the host. A static busybox, where there is one, brings some three hundred of its own. */
  readonly commands: readonly string[];
  /** Files and directories of the host besides. */
  readonly paths?: readonly string[];
  /** Character devices of its /dev. Default: those that anyone may use. */
  readonly devices?: readonly {
    readonly name: string;
    readonly major: number;
    readonly minor: number;
  }[];
}

export interface PopulatedFromHost extends HostFiles {
  /** The host's busybox, when the commands are its. */
  readonly busybox: string | undefined;
}

/**
 * Fills an empty directory with a minimal root file system from this host: a static busybox with all its
 * commands where there is one, and the commands and paths asked for with what they need. Device nodes are made
 * when root.
 *
 * @throws RootfsError
 */
export async function populateRootfs(
  root: string,
  { commands, paths = [], devices = deviceNodes }: HostRootfs,
  signal?: AbortSignal,
): Promise<PopulatedFromHost> {
  await refuseItself(root, paths);
  await layOut(root);
  if (process.geteuid?.() === 0) await makeDevices(root, devices, signal);
  const busybox = await staticBusybox(signal);
  const applets = new Set(busybox === undefined ? [] : await installBusybox(root, busybox, signal));
  const found = await findHostFiles(commands, paths, (each) => applets.has(each), signal);
  await copyFiles(root, found, signal);
  return { busybox, files: found.files, trees: found.trees, links: found.links };
}

/** A directory cannot be copied into itself; that of all file systems would also take very long to look at. */
async function refuseItself(root: string, paths: readonly string[]): Promise<void> {
  const target = await realpath(root);
  for (const each of paths) {
    // What is not there is told where it is looked for.
    const real = await realpath(each).catch(() => each);
    if (`${target}/`.startsWith(real === "/" ? real : `${real}/`))
      throw new RootfsError("rootfs-copies-itself", { path: each });
  }
}

/** What every root file system has, whatever its commands come from. */
async function layOut(root: string): Promise<void> {
  for (const directory of directories) makeDirectories(path.join(root, directory));
  await chmod(path.join(root, "tmp"), 0o1777);
  for (const [file, content] of [
    ["etc/passwd", passwd],
    ["etc/group", group],
  ] as const) {
    await writeFile(path.join(root, file), content);
    await chmod(path.join(root, file), 0o644);
  }
}

async function makeDevices(
  root: string,
  devices: NonNullable<HostRootfs["devices"]>,
  signal?: AbortSignal,
): Promise<void> {
  for (const { name, major, minor } of devices) {
    const place = path.join(root, "dev", name);
    const numbers = [String(major), String(minor)] as const;
    await runTool(["mknod", "-m", "666", "--", place, "c", ...numbers], { signal });
  }
}

/** @returns the paths of its commands */
async function installBusybox(
  root: string,
  busybox: string,
  signal?: AbortSignal,
): Promise<string[]> {
  await copyFile(busybox, path.join(root, "bin/busybox"));
  await chmod(path.join(root, "bin/busybox"), 0o755);
  const list = await runTool([busybox, "--list"], { signal });
  const applets = list.split("\n").filter((applet) => applet !== "" && applet !== "busybox");
  for (const applet of applets) await symlink("/bin/busybox", path.join(root, "bin", applet));
  return ["busybox", ...applets].map((applet) => `/bin/${applet}`);
}

/** The host's busybox if it needs no library. */
async function staticBusybox(signal?: AbortSignal): Promise<string | undefined> {
  const busybox = findTool("busybox");
  if (busybox === undefined) return undefined;
  const libraries = await runTool(["ldd", "--", busybox], { signal, mayFail: true });
  return libraries.includes(" (0x") ? undefined : busybox;
}

/** cp(1) keeps what Node's own copying loses: owners, times, hard links, extended attributes. */
async function copyFiles(
  root: string,
  { files, trees, links }: HostFiles,
  signal?: AbortSignal,
): Promise<void> {
  const sources = [...files, ...trees].map((each) => each.slice(1));
  const options = ["--archive", "--one-file-system", "--parents"];
  if (sources.length > 0)
    await runTool(["cp", ...options, "--", ...sources, path.resolve(root)], {
      signal,
      directory: "/",
    });
  for (const [place, target] of links) {
    // A directory on the way may be a link of the host's that was copied, and leads nowhere else in here.
    const directory = resolveInRoot(root, path.dirname(place));
    makeDirectories(directory);
    const link = path.join(directory, path.basename(place));
    if (!(await exists(link))) await symlink(target, link);
  }
}
