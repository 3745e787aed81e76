import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";

/** Where running containers are recorded; a tmpfs on every current distribution, so nothing survives a reboot. */
export const runDirectory = "/run/cooper";

/** The directory of one container: its record, and files made for it. */
export function containerDirectory(name: Value<"name">): Text {
  return text`${runDirectory}/containers/${name}`;
}

/** The directory with one file per leased address of a bridge. */
export function leaseDirectory(bridge: string): string {
  return `${runDirectory}/networks/${bridge}`;
}

/** Joins the name of a container to a prefix, for objects named after it. */
export function namedAfter(prefix: string, name: Value<"name">): Text {
  return text`${prefix}${name}`;
}

/** Where it is noted which shared things were made by Cooper, and what they were before. */
export const madeDirectory = `${runDirectory}/made`;

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
