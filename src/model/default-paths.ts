/** What a container of runc's does not see, and whether the kernel has a directory or a file there. */
export const defaultMaskedPaths: Readonly<Record<string, "directory" | "file">> = {
  "/proc/acpi": "directory",
  "/proc/asound": "directory",
  "/proc/interrupts": "file",
  "/proc/kcore": "file",
  "/proc/keys": "file",
  "/proc/latency_stats": "file",
  "/proc/timer_list": "file",
  "/proc/timer_stats": "file",
  "/proc/sched_debug": "file",
  "/proc/scsi": "directory",
  "/sys/firmware": "directory",
  "/sys/devices/virtual/powercap": "directory",
};

/** The same for each CPU, as far as the host has it: how often it became too hot, which programs can tell apart. */
export const cpuDirectory = "/sys/devices/system/cpu";
export const maskedOfCpu = "thermal_throttle";
export const maskedOfEveryCpu = `${cpuDirectory}/cpu*/${maskedOfCpu}`;

/** What such a container may read and not change. */
export const defaultReadonlyPaths: readonly string[] = [
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
];

/** What hides a directory is called so by mountinfo; that tells its reader why it is there. */
export const maskName = "masked";
