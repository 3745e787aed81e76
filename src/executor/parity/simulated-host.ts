import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  existsSync,
  writeFileSync,
} from "node:fs";
import { mount } from "../../kernel/calls/mount.js";
import { O_CLOEXEC, O_PATH } from "../../kernel/constants/file.js";
import { MS_BIND, MS_REC } from "../../kernel/constants/mount.js";
import { performSystemCall } from "../../kernel/libc.js";
import { limitControllers } from "../../steps/cgroup.js";
import { changeLink } from "../../kernel/netlink/links.js";
import { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { parityDirectory, type ParityRequest } from "./request.js";

const cgroupRoot = "/sys/fs/cgroup";

const controllers: readonly string[] = limitControllers;

/** Where what is changed in a root file system is kept, instead of in the directory itself. */
export const changesDirectory = (root: number) => `${parityDirectory}/changes/${String(root)}`;

/**
 * Makes a host to try containers on out of new namespaces: an empty /run, its own /sys, control groups that
 * begin at those this process is in, loopback, and root file systems that take changes without keeping them;
 * a writable layer is an empty one.
 */
export function furnishHost({
  roots,
  layers,
  kept,
}: Pick<ParityRequest, "roots" | "layers" | "kept">): void {
  const opened = (directory: string) =>
    [directory, openSync(directory, O_PATH | O_CLOEXEC)] as const;
  // They may lie below what is hidden next.
  const own = roots.map(opened);
  const others = layers.map(opened);
  attach("tmpfs", "/run", "mode=755");
  for (const [layer, descriptor] of others) {
    mkdirSync(layer, { recursive: true });
    performSystemCall(
      mount(`/proc/self/fd/${String(descriptor)}`, layer, null, MS_BIND | MS_REC, null),
    );
    closeSync(descriptor);
  }
  for (const directory of kept) {
    mkdirSync(directory, { recursive: true });
    attach("tmpfs", directory, "mode=700");
  }
  mkdirSync(parityDirectory);
  attach("sysfs", "/sys", null);
  furnishGroups();
  using socket = new NetlinkSocket();
  changeLink(socket, "lo", { up: true });
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "0");
  writeFileSync("/proc/sys/kernel/hostname", "simulated-host");
  own.forEach(([root, descriptor], index) => {
    const [changes, work] = [changesDirectory(index), `${parityDirectory}/work/${String(index)}`];
    for (const directory of [changes, work, root]) mkdirSync(directory, { recursive: true });
    const lower = `lowerdir=/proc/self/fd/${String(descriptor)}`;
    attach("overlay", root, `${lower},upperdir=${changes},workdir=${work}`);
    closeSync(descriptor);
  });
}

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
