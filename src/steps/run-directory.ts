import { lstatSync, mkdirSync, statSync } from "node:fs";
import { reasonOf } from "../kernel/errno.js";
import { HostProblem } from "./host.js";
import { text } from "../model/param.js";
import { HostVariable, type Text, type Value } from "../model/value.js";

/** Where root's running containers are recorded; a tmpfs on every current distribution, so nothing survives a reboot. */
export const systemRunDirectory = "/run/cooper";

/** Where those of whoever starts the container are recorded. */
export const userRunDirectory = new HostVariable("run_directory", systemRunDirectory);

/**
 * Where running containers of this user are recorded: of root below /run, of others below $XDG_RUNTIME_DIR where
 * that is a directory of their own, else below /tmp.
 */
export function runDirectory(user = process.geteuid?.() ?? 0): string {
  if (user === 0) return systemRunDirectory;
  const parent = process.env["XDG_RUNTIME_DIR"] ?? "";
  const own = parent.startsWith("/") && statSync(parent, { throwIfNoEntry: false });
  if (own && own.isDirectory() && own.uid === user) return `${parent}/cooper`;
  return `/tmp/cooper-${String(user)}`;
}

/**
 * The same when it is there. What others than root keep lies where anybody could have made it.
 *
 * @returns undefined when there is none
 * @throws HostProblem `run-directory-unsafe`
 */
export function existingRunDirectory(): string | undefined {
  const user = process.geteuid?.() ?? 0;
  const directory = runDirectory(user);
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (user === 0) return directory;
  if (found.isDirectory() && found.uid === user && (found.mode & 0o777) === 0o700) return directory;
  throw new HostProblem("run-directory-unsafe", { directory });
}

/**
 * Makes a directory in which containers are recorded.
 *
 * @returns false when it is there already
 * @throws HostProblem `run-directory-unwritable`
 */
export function makeRecord(directory: string, mode = 0o755): boolean {
  try {
    mkdirSync(directory, { mode });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw unrecorded(cause);
  }
}

/** That a container cannot be recorded, after what the system said. */
export function unrecorded(cause: unknown): HostProblem {
  const values = { directory: runDirectory(), reason: reasonOf(cause) };
  return new HostProblem("run-directory-unwritable", values, { cause });
}

/** The directory of one container: its record, and files made for it. */
export function containerDirectory(
  name: Value<"name">,
  parent: string | HostVariable = systemRunDirectory,
): Text {
  return text`${parent}/containers/${name}`;
}

/** The directory with one file per leased address of a bridge: only root has bridges. */
export function leaseDirectory(bridge: string): string {
  return `${systemRunDirectory}/networks/${bridge}`;
}

/** Joins the name of a container to a prefix, for objects named after it. */
export function namedAfter(prefix: string, name: Value<"name">): Text {
  return text`${prefix}${name}`;
}

/** Where it is noted which shared things were made by Cooper, and what they were before: only root shares any. */
export const madeDirectory = `${systemRunDirectory}/made`;

/**
 * Files in a container's directory that tell that it made a network namespace or a cgroup of its name: what
 * others made is never taken for what a dead container left.
 */
export const ownMarks = { networkNamespace: "netns", cgroup: "cgroup" } as const;

/** A file in a container's directory that tells that another one has joined its network namespace. */
export const joinedMark = "shared";

/** A file in a container's directory that tells what shared thing it uses. */
export const mark = (
  kind: "bridge" | "nat" | "publish" | "route-localnet" | "sysctl",
  name: string,
) => `${kind}.${name}`;
