/** What a method tells its user besides errors. Each code is a message of the command line. */
export type RootfsMessage =
  | "rootfs-from-host"
  | "rootfs-from-image"
  | "rootfs-no-devices"
  | "rootfs-devices-left-out"
  | "rootfs-attributes-left-out"
  | "rootfs-copying"
  | "rootfs-reading-image"
  | "rootfs-layer"
  | "rootfs-pulling"
  | "rootfs-exporting"
  | "rootfs-from-suite"
  | "rootfs-from-mirror"
  | "rootfs-bootstrapping";

/** A message and what its placeholders stand for. */
export interface RootfsSaying {
  readonly code: RootfsMessage;
  readonly values: Readonly<Record<string, string>>;
}

/** Something to say, for whoever knows the language. */
export const saying = (
  code: RootfsMessage,
  values: Readonly<Record<string, string>> = {},
): RootfsSaying => ({ code, values });
