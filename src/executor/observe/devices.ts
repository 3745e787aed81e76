import { lstatSync, readdirSync, readlinkSync, type Stats, statSync } from "node:fs";
import { readMounts } from "./mount-table.js";
import { byText } from "./proc.js";

/** What lies in a container's own /dev, by name: "device 1:3, 0666", "link to pts/ptmx", "directory, 1777". */
export type ObservedDevices = Readonly<Record<string, string>>;

/** @returns undefined when /dev is just a directory of the root file system */
export function observeDevices(pid: number): ObservedDevices | undefined {
  if (!readMounts(String(pid)).some(({ target }) => target === "/dev")) return undefined;
  const directory = `/proc/${pid}/root/dev`;
  const names = readdirSync(directory).sort(byText);
  return Object.fromEntries(names.map((name) => [name, describe(`${directory}/${name}`)]));
}

function describe(path: string): string {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  const kind = status.isDirectory()
    ? "directory"
    : status.isCharacterDevice()
      ? `device ${numbersOf(status)}`
      : "file";
  return `${kind}, ${(status.mode & 0o7777).toString(8).padStart(4, "0")}`;
}

/** The numbers of the character device that a process sees at a path; undefined when there is none. */
export function deviceAt(pid: number, path: string): string | undefined {
  const status = statSync(`/proc/${pid}/root${path}`, { throwIfNoEntry: false });
  return status?.isCharacterDevice() === true ? numbersOf(status) : undefined;
}

/** Terminals are numbered as they come. Source: makedev(3). */
function numbersOf({ rdev }: Stats): string {
  const [major, minor] = [(rdev >> 8) & 0xfff, (rdev & 0xff) | ((rdev >> 12) & 0xfff00)];
  return major >= 136 && major <= 143 ? "terminal" : `${String(major)}:${String(minor)}`;
}
