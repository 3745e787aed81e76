import { ownGroupMounts } from "./cgroup-mounts.js";
import { deviceAt } from "./devices.js";
import { readMounts } from "./mount-table.js";
import { isMask, isProtection } from "./restricted-paths.js";

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

/** What a process sees mounted, but for what only hides or protects something: see {@link observeRestrictedPaths}, and for
 * that of its own group. */
export function observeMounts(pid: number): ObservedMount[] {
  const mounts = readMounts(String(pid));
  const groups = ownGroupMounts(pid, mounts);
  const seen = mounts.filter(
    (each) => !isMask(pid, each) && !isProtection(each, mounts) && !groups.includes(each),
  );
  return seen.map((entry) => {
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

const isAccess = (option: string) => option === "ro" || option === "rw";

/** Others, such as ext4's, tell about the disk or the kernel. */
const isStable = (option: string) =>
  /^(ro|rw|(size|mode|uid|gid|hidepid|subset|lowerdir|upperdir|workdir)=.*)$/.test(option);

function propagationOf(tags: readonly string[]): ObservedMount["propagation"] {
  const has = (name: string) => tags.some((tag) => tag.split(":")[0] === name);
  if (has("unbindable")) return "unbindable";
  if (has("shared")) return has("master") ? "shared slave" : "shared";
  return has("master") ? "slave" : "private";
}
