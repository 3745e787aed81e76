import { RootfsError } from "../rootfs-error.js";
import type { Platform } from "./descriptions.js";

/** Go's names of architectures, which images use, by Node's. */
const architectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
  arm64: "arm64",
  arm: "arm",
  ppc64: "ppc64le",
  s390x: "s390x",
  riscv64: "riscv64",
  loong64: "loong64",
};

/** The platform of this host, by the names that images use (GOARCH). */
export const hostPlatform = (): Platform => ({
  os: "linux",
  architecture: architectures[process.arch] ?? process.arch,
});

/**
 * Reads `OS/ARCHITECTURE[/VARIANT]`, as `docker --platform` has it.
 * @throws RootfsError `rootfs-platform`
 */
export function parsePlatform(text: string): Platform {
  const [, os, architecture, variant] =
    /^([a-z0-9]+)\/([a-z0-9]+)(?:\/([a-z0-9.]+))?$/.exec(text) ?? [];
  if (os === undefined || architecture === undefined)
    throw new RootfsError("rootfs-platform", { platform: text });
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

/** `OS/ARCHITECTURE[/VARIANT]`, as {@link parsePlatform} reads it. */
export const platformText = ({ os, architecture, variant }: Platform): string =>
  [os, architecture, ...(variant ? [variant] : [])].join("/");

/** Whether an image for one platform is meant for another: a variant counts where both have one. */
export const suits = (image: Platform, wanted: Platform): boolean =>
  image.os === wanted.os &&
  image.architecture === wanted.architecture &&
  (!image.variant || !wanted.variant || image.variant === wanted.variant);
