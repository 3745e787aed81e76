import { readFileSync } from "node:fs";

/** A line of /proc/PID/mountinfo as it is. Source: proc(5). */
export interface MountEntry {
  readonly id: string;
  /** The id of the mount that it is mounted on. */
  readonly parent: string;
  /** Major and minor number of the file system. */
  readonly device: string;
  readonly root: string;
  readonly target: string;
  readonly options: readonly string[];
  /** `shared:5` and the like. */
  readonly tags: readonly string[];
  readonly type: string;
  readonly source: string;
  readonly superOptions: readonly string[];
}

/** The mounts of a process, in the order of mounting. */
export function readMounts(pid: string): MountEntry[] {
  return readFileSync(`/proc/${pid}/mountinfo`, "utf8").trimEnd().split("\n").map(parseMount);
}

function parseMount(line: string): MountEntry {
  const separator = line.indexOf(" - ");
  const [id = "", parent = "", device = "", root = "", target = "", options = "", ...tags] = line
    .slice(0, separator)
    .split(" ");
  const [type = "", source = "", superOptions = ""] = line.slice(separator + 3).split(" ");
  return {
    ...{ id, parent, device },
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
