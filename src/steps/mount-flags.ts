import {
  MOUNT_ATTR__ATIME,
  MOUNT_ATTR_NOATIME,
  MOUNT_ATTR_NODEV,
  MOUNT_ATTR_NODIRATIME,
  MOUNT_ATTR_NOEXEC,
  MOUNT_ATTR_NOSUID,
  MOUNT_ATTR_NOSYMFOLLOW,
  MOUNT_ATTR_RDONLY,
  MOUNT_ATTR_STRICTATIME,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_RDONLY,
  MS_RELATIME,
  MS_STRICTATIME,
} from "../kernel/constants/mount.js";

/** How an option that is a flag changes a mount: for mount(2), and for mount_setattr(2). */
interface FlagChange {
  readonly flag: number;
  readonly set: number;
  /** Cleared before `set` is set. */
  readonly clear: number;
}

const sets = (flag: number, set: number, clear = 0): FlagChange => ({ flag, set, clear });
const clears = (clear: number): FlagChange => ({ flag: 0, set: 0, clear });

const changes: Readonly<Record<string, FlagChange>> = {
  ro: sets(MS_RDONLY, MOUNT_ATTR_RDONLY),
  rw: clears(MOUNT_ATTR_RDONLY),
  nosuid: sets(MS_NOSUID, MOUNT_ATTR_NOSUID),
  suid: clears(MOUNT_ATTR_NOSUID),
  nodev: sets(MS_NODEV, MOUNT_ATTR_NODEV),
  dev: clears(MOUNT_ATTR_NODEV),
  noexec: sets(MS_NOEXEC, MOUNT_ATTR_NOEXEC),
  exec: clears(MOUNT_ATTR_NOEXEC),
  nosymfollow: sets(MS_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW),
  symfollow: clears(MOUNT_ATTR_NOSYMFOLLOW),
  nodiratime: sets(MS_NODIRATIME, MOUNT_ATTR_NODIRATIME),
  diratime: clears(MOUNT_ATTR_NODIRATIME),
  // The kernel wants the whole field of access times cleared when one of them is set.
  relatime: sets(MS_RELATIME, 0, MOUNT_ATTR__ATIME),
  noatime: sets(MS_NOATIME, MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME),
  strictatime: sets(MS_STRICTATIME, MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME),
};

/** Options of a new mount, as mount(8) splits them: flags of mount(2), and the rest for the file system. */
export function mountFlagsOf(options: string): { flags: number; data: string | null } {
  const names = options.split(",").filter(Boolean);
  const data = names.filter((name) => !Object.hasOwn(changes, name)).join(",");
  return {
    flags: names.reduce((bits, name) => bits | (changes[name]?.flag ?? 0), 0),
    data: data === "" ? null : data,
  };
}

/** Options that change a mount, as mount_setattr(2) takes them. */
export function mountAttributesOf(options: string): { set: number; clear: number } {
  return options.split(",").reduce(
    (sofar, name) => ({
      set: sofar.set | (changes[name]?.set ?? 0),
      clear: sofar.clear | (changes[name]?.clear ?? 0),
    }),
    { set: 0, clear: 0 },
  );
}
