/** Everything that can stand in the way of a root file system. Each code is a message of the command line. */
export type RootfsProblem =
  | "rootfs-source"
  | "rootfs-option"
  | "rootfs-exists"
  | "rootfs-mount-point"
  | "rootfs-no-command"
  | "rootfs-no-path"
  | "rootfs-copies-itself"
  | "rootfs-platform"
  | "rootfs-compression"
  | "rootfs-image-format"
  | "rootfs-image-none"
  | "rootfs-image-unknown"
  | "rootfs-image-which"
  | "rootfs-image-platform"
  | "rootfs-image-incomplete"
  | "rootfs-digest"
  | "rootfs-layer-damaged"
  | "rootfs-entry-escapes"
  | "rootfs-entry-link"
  | "rootfs-entry-name"
  | "rootfs-entry-type"
  | "rootfs-user"
  | "rootfs-script-link"
  | "rootfs-no-engine"
  | "rootfs-value"
  | "rootfs-not-root"
  | "rootfs-suite"
  | "rootfs-signature"
  | "rootfs-mirror"
  | "rootfs-tool"
  | "rootfs-tool-failed"
  | "rootfs-disk-full";

/** A root file system that could not be made: why, as a code, and what its message's placeholders stand for. */
export class RootfsError extends Error {
  override readonly name = "RootfsError";

  constructor(
    readonly code: RootfsProblem,
    readonly values: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${JSON.stringify(values)}`, options);
  }
}
