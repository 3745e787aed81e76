import { existsSync } from "node:fs";
import path from "node:path";
import {
  cpuDirectory,
  defaultMaskedPaths,
  defaultReadonlyPaths,
  maskedOfCpu,
  maskedOfEveryCpu,
  maskName,
} from "../../model/default-paths.js";
import { deviceAt } from "./devices.js";
import { type MountEntry, readMounts } from "./mount-table.js";
import { byText } from "./proc.js";

/** Whether a mount is there to hide what lies below: the null device or an empty file system. */
export const isMask = (pid: number, { type, source, root, target }: MountEntry): boolean =>
  (type === "tmpfs" && source === maskName) ||
  (root !== "/" && target !== "/dev/null" && deviceAt(pid, target) === "1:3");

/** Whether a mount shows what lies below as well, and only is read-only. */
export function isProtection(
  { parent: parentId, device, root, target, options }: MountEntry,
  mounts: readonly MountEntry[],
): boolean {
  const parent = mounts.find(({ id }) => id === parentId);
  if (parent?.device !== device || !options.includes("ro")) return false;
  return path.posix.join(parent.root, path.posix.relative(parent.target, target)) === root;
}

const eachCpu = new RegExp(`^${cpuDirectory}/cpu[0-9]+/${maskedOfCpu}$`);

/**
 * What a process does not see or may not change. Which of the usual paths there are is up to the kernel: when all
 * of those are hidden or protected, the missing ones count, too.
 */
export function observeRestrictedPaths(pid: number) {
  const mounts = readMounts(String(pid));
  const masked = mounts
    .filter((each) => isMask(pid, each))
    .map(({ target }) => (eachCpu.test(target) ? maskedOfEveryCpu : target));
  const readonly = mounts.filter((each) => isProtection(each, mounts)).map(({ target }) => target);
  const maskedPaths = withMissing(pid, masked, Object.keys(defaultMaskedPaths), [maskedOfEveryCpu]);
  const readonlyPaths = withMissing(pid, readonly, defaultReadonlyPaths);
  return {
    ...(maskedPaths.length === 0 ? {} : { maskedPaths }),
    ...(readonlyPaths.length === 0 ? {} : { readonlyPaths }),
  };
}

function withMissing(
  pid: number,
  found: readonly string[],
  usual: readonly string[],
  more: readonly string[] = [],
): string[] {
  const missing = usual.filter((each) => !existsSync(`/proc/${pid}/root${each}`));
  const complete =
    usual.some((each) => found.includes(each)) &&
    usual.every((each) => [...found, ...missing].includes(each));
  return [...new Set([...found, ...(complete ? [...missing, ...more] : [])])].sort(byText);
}
