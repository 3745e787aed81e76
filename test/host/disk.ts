import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";

/** A block device of a test's own: a file in memory behind a loop device. */
export interface Disk {
  /** Where it is on every simulated host; the kernel has no namespaces for devices. */
  readonly path: string;
  readonly major: number;
  readonly minor: number;
  /** The host that keeps it. */
  readonly host: SimulatedHost;
}

/**
 * It takes its partitions along when it goes. While somebody has it open, a detached loop device stays as it is; it is free at the last close, however that
 * comes about.
 */
const attach = `
  [ -e /sys/block/loop0 ] || busybox modprobe loop
  truncate --size 8M /tmp/disk.img
  device=$(losetup --find --partscan --show /tmp/disk.img)
  exec 3<"$device"
  losetup --detach "$device"
  echo "$device $(stat --format "%Hr %Lr" "$device")"
  exec cat`;

/** Gives `body` a disk for as long as it takes. */
export function withDisk<Result>(body: (disk: Disk) => Promise<Result>): Promise<Result> {
  return withSimulatedHost(async (host) => {
    const holder = host.spawn(["sh", "-ec", attach]);
    await holder.until(({ stdout }) => stdout.endsWith("\n"));
    const [path = "", major, minor] = holder.stdout.trim().split(" ");
    return body({ path, major: Number(major), minor: Number(minor), host });
  });
}
