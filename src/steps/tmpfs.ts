import {
  fsconfigCreate,
  fsconfigFlag,
  fsconfigString,
  fsmount,
  fsopen,
} from "../kernel/calls/mount.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";

/**
 * Adds the system calls that make a file system in memory and a mount of it that is attached nowhere. Source: tmpfs(5).
 *
 * @param options of the file system, in this order; `true` for one without a value
 * @param attributes of the mount: MOUNT_ATTR_*
 * @returns the descriptor of the mount
 */
export function addTmpfs(
  writer: StepWriter,
  options: Readonly<Record<string, string | true>>,
  attributes: number,
): Result {
  const configuration = writer.add(fsopen("tmpfs"));
  for (const [name, value] of Object.entries(options))
    writer.add(
      value === true
        ? fsconfigFlag(configuration, name)
        : fsconfigString(configuration, name, value),
    );
  writer.add(fsconfigCreate(configuration));
  return writer.add(fsmount(configuration, attributes));
}
