import { readFileSync } from "node:fs";
import { deviceAt } from "./devices.js";

/** A line of /proc/PID/mountinfo as it is. Source: proc(5). */
export interface MountEntry {
  readonly root: string;
  readonly target: string;
  readonly options: readonly string[];
  /** `shared:5` and the like. */
  readonly tags: readonly string[];
  readonly type: string;
  readonly source: string;
  readonly superOptions: readonly string[];
}

export interface ObservedMount {
  readonly target: string;
  /** "device" for a character device, wherever its node comes from. */
  readonly type: string;
  /** What is mounted: a name, "device" for a block device, or the numbers of a character device. */
  readonly source: string;
  /** Which directory or file of the file system is seen; left out when it is all of it. */
  readonly root?: string;
  readonly options: readonly string[];
  /**
   * Options of the file system itself, of those that a person sets; of a file or directory of the host only
   * whether it can be written, for the rest is the host's choice.
   */
  readonly superOptions: readonly string[];
  readonly propagation: "private" | "shared" | "slave" | "shared slave" | "unbindable";
}

/** What a process sees mounted. */
export function observeMounts(pid: number): ObservedMount[] {
  return readMounts(String(pid)).map((entry) => {
    const { root, target, options, tags, type, source, superOptions } = entry;
    const propagation = propagationOf(tags);
    const device = root === "/" ? undefined : deviceAt(pid, target);
    // The rest tells only about the file system that the node happens to lie in.
    if (device !== undefined) {
      const restrictions = options.filter((each) => isAccess(each) || each === "nodev");
      return {
        target,
        type: "device",
        source: device,
        options: restrictions,
        superOptions: [],
        propagation,
      };
    }
    return {
      target,
      type,
      source: source.startsWith("/dev/") ? "device" : source,
      ...(root === "/" ? {} : { root }),
      options,
      superOptions: superOptions.filter(root === "/" ? isStable : isAccess),
      propagation,
    };
  });
}

/** The mounts of a process, in the order of mounting. */
export function readMounts(pid: string): MountEntry[] {
  return readFileSync(`/proc/${pid}/mountinfo`, "utf8").trimEnd().split("\n").map(parseMount);
}

function parseMount(line: string): MountEntry {
  const separator = line.indexOf(" - ");
  const [, , , root = "", target = "", options = "", ...tags] = line.slice(0, separator).split(" ");
  const [type = "", source = "", superOptions = ""] = line.slice(separator + 3).split(" ");
  return {
    root: unescape(root),
    target: unescape(target),
    options: options.split(","),
    tags,
    type,
    source: unescape(source),
    superOptions: superOptions.split(","),
  };
}

/** Spaces and the like are written as a backslash and three octal digits. */
const unescape = (text: string) =>
  Buffer.from(
    text
      .replace(/[^\0-\x7f]/gu, (character) =>
        [...Buffer.from(character)].map((byte) => `\\${byte.toString(8)}`).join(""),
      )
      .replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8))),
    "latin1",
  ).toString("utf8");

const isAccess = (option: string) => option === "ro" || option === "rw";

/** Others, such as ext4's, tell about the disk or the kernel. */
const isStable = (option: string) => /^(ro|rw|(size|mode|uid|gid|hidepid|subset)=.*)$/.test(option);

function propagationOf(tags: readonly string[]): ObservedMount["propagation"] {
  const has = (name: string) => tags.some((tag) => tag.split(":")[0] === name);
  if (has("unbindable")) return "unbindable";
  if (has("shared")) return has("master") ? "shared slave" : "shared";
  return has("master") ? "slave" : "private";
}
