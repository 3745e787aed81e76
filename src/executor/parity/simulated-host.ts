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

/** Where what is changed in the root file system is kept, instead of in the directory itself. */
export const changesDirectory = `${parityDirectory}/changes`;

/**
 * Makes a host to try containers on out of new namespaces: an empty /run, its own /sys, control groups that
 * begin at those this process is in, loopback, and a root file system that takes changes without keeping them;
 * a writable layer is an empty one.
 */
export function furnishHost({
  root,
  layers,
  kept,
}: Pick<ParityRequest, "root" | "layers" | "kept">): void {
  // They may lie below what is hidden next.
  const rootDescriptor = root === undefined ? undefined : openSync(root, O_PATH | O_CLOEXEC);
  const others = layers.map((layer) => [layer, openSync(layer, O_PATH | O_CLOEXEC)] as const);
  attach("tmpfs", "/run", "mode=755");
  for (const [layer, descriptor] of others) {
    mkdirSync(layer, { recursive: true });
    performSystemCall(
      mount(`/proc/self/fd/${String(descriptor)}`, layer, null, MS_BIND | MS_REC, null),
    );
    closeSync(descriptor);
  }
  if (kept !== undefined) {
    mkdirSync(kept, { recursive: true });
    attach("tmpfs", kept, "mode=700");
  }
  mkdirSync(parityDirectory);
  attach("sysfs", "/sys", null);
  furnishGroups();
  using socket = new NetlinkSocket();
  changeLink(socket, "lo", { up: true });
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "0");
  writeFileSync("/proc/sys/kernel/hostname", "simulated-host");
  if (root === undefined || rootDescriptor === undefined) return;
  const work = `${parityDirectory}/work`;
  for (const directory of [changesDirectory, work, root]) mkdirSync(directory, { recursive: true });
  const lower = `lowerdir=/proc/self/fd/${rootDescriptor}`;
  attach("overlay", root, `${lower},upperdir=${changesDirectory},workdir=${work}`);
  closeSync(rootDescriptor);
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
