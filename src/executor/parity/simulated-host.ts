import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { mount, mountSetattr } from "../../kernel/calls/mount.js";
import { AT_FDCWD, AT_RECURSIVE, O_CLOEXEC, O_PATH } from "../../kernel/constants/file.js";
import { MOUNT_ATTR_RDONLY, MS_BIND, MS_REC } from "../../kernel/constants/mount.js";
import { performSystemCall } from "../../kernel/libc.js";
import { limitControllers } from "../../steps/cgroup.js";
import { changeLink } from "../../kernel/netlink/links.js";
import { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { parityDirectory, type ParityRequest } from "./request.js";

const cgroupRoot = "/sys/fs/cgroup";

const controllers: readonly string[] = limitControllers;

/**
 * Makes a host to try containers on out of new namespaces: an empty /run, its own /sys, control groups that
 * begin at those this process is in, and loopback. The files of the real host can be read and not changed; root
 * file systems and what containers are given to write to take changes without keeping them, and a writable layer is
 * an empty one.
 *
 * @returns the directories with what is changed in root file systems and in what containers are given
 */
export function furnishHost({
  roots,
  layers,
  kept,
  sources,
}: Pick<ParityRequest, "roots" | "layers" | "kept" | "sources">): string[] {
  // All may lie below what is hidden next. A directory comes before what lies in it.
  const writable = [...new Set([...roots, ...sources])].sort().map(open);
  const others = layers.map(open);
  protectFiles();
  attach("tmpfs", "/run", "mode=755");
  for (const directory of ["changes", "work"])
    mkdirSync(`${parityDirectory}/${directory}`, { recursive: true });
  for (const { place, descriptor } of others) {
    mkdirSync(place, { recursive: true });
    bind(`/proc/self/fd/${String(descriptor)}`, place);
    closeSync(descriptor);
  }
  for (const directory of kept) {
    mkdirSync(directory, { recursive: true });
    attach("tmpfs", directory, "mode=700");
  }
  attach("sysfs", "/sys", null);
  furnishGroups();
  using socket = new NetlinkSocket();
  changeLink(socket, "lo", { up: true });
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "0");
  writeFileSync("/proc/sys/kernel/hostname", "simulated-host");
  return writable.flatMap((each, index) => cover(each, String(index)));
}

/** A file or directory as it was before anything was mounted over it. */
interface Opened {
  readonly place: string;
  readonly descriptor: number;
}

const open = (place: string): Opened => ({
  place,
  descriptor: openSync(place, O_PATH | O_CLOEXEC),
});

/** From here on only what is mounted later can be changed, and settings of the kernel. */
function protectFiles(): void {
  const readOnly = MOUNT_ATTR_RDONLY;
  performSystemCall(mountSetattr(AT_FDCWD, "/", AT_RECURSIVE, { set: readOnly }));
  performSystemCall(mountSetattr(AT_FDCWD, "/proc", 0, { clear: readOnly }));
}

/**
 * Lays a copy over a file, and an overlay over a directory; what is neither stays as it is.
 *
 * @returns the directory with the changes, if there is one
 */
function cover({ place, descriptor }: Opened, name: string): string[] {
  const source = `/proc/self/fd/${String(descriptor)}`;
  const [changes, work] = [`${parityDirectory}/changes/${name}`, `${parityDirectory}/work/${name}`];
  try {
    const found = statSync(source);
    if (found.isDirectory()) {
      for (const directory of [changes, work, place]) mkdirSync(directory, { recursive: true });
      attach("overlay", place, `lowerdir=${source},upperdir=${changes},workdir=${work}`);
      return [changes];
    }
    if (!found.isFile()) return [];
    copyFileSync(source, changes);
    chownSync(changes, found.uid, found.gid);
    mkdirSync(path.dirname(place), { recursive: true });
    if (!existsSync(place)) writeFileSync(place, "");
    bind(changes, place);
    return [];
  } finally {
    closeSync(descriptor);
  }
}

const bind = (source: string, target: string) =>
  performSystemCall(mount(source, target, null, MS_BIND | MS_REC, null));

const attach = (type: string, target: string, data: string | null) =>
  performSystemCall(mount(type, target, type, 0, data));

/** Lines of /proc/self/cgroup: `4:cpu,cpuacct:/` for a hierarchy of cgroup v1, `0::/` for v2. */
function furnishGroups(): void {
  const split = readFileSync("/proc/self/cgroup", "utf8")
    .split("\n")
    .map((line) => line.split(":")[1] ?? "")
    .filter((names) => names.split(",").some((each) => controllers.includes(each)));
  if (split.length === 0) {
    attach("cgroup2", cgroupRoot, null);
    return;
  }
  attach("tmpfs", cgroupRoot, "mode=755");
  for (const names of split) {
    mkdirSync(`${cgroupRoot}/${names}`);
    attach("cgroup", `${cgroupRoot}/${names}`, names);
    // A hierarchy of several controllers is found by the name of each.
    for (const each of names.split(","))
      if (!existsSync(`${cgroupRoot}/${each}`)) symlinkSync(names, `${cgroupRoot}/${each}`);
  }
}
