import { RootfsError } from "../rootfs-error.js";
import type { RootfsSource, SourceOptions } from "../source.js";

/** What debootstrap(8) is told. */
export interface Bootstrap {
  readonly suite: string;
  /** Undefined for the mirror that the host has the suite from, or else debootstrap's own. */
  readonly mirror: string | undefined;
  /** What comes before suite, directory and mirror. */
  readonly options: readonly string[];
}

const name = /^[a-z0-9][a-z0-9.+_-]*$/i;

/** What each may be; debootstrap reads some of them with a shell. */
const forms = {
  arch: /^[a-z0-9][a-z0-9-]*$/,
  variant: /^(?:minbase|buildd)$/,
  include: /^[a-z0-9][a-z0-9.+-]*(?:,[a-z0-9][a-z0-9.+-]*)*$/,
  keyring: /^\/[^\0\n]*$/,
} as const satisfies Partial<Record<keyof SourceOptions, RegExp>>;

/**
 * The arguments for a source.
 * @throws RootfsError for a value that cannot be one
 */
export function bootstrapOf({ name: suite, options }: RootfsSource): Bootstrap {
  if (!name.test(suite)) throw new RootfsError("rootfs-value", { option: "SUITE", value: suite });
  if (options.mirror !== undefined && !isMirror(options.mirror))
    throw new RootfsError("rootfs-value", { option: "--mirror", value: options.mirror });
  return {
    suite,
    mirror: options.mirror,
    options: [
      // Without it, debootstrap takes what it cannot verify, and says so in passing.
      "--force-check-gpg",
      ...(["arch", "variant", "include", "keyring"] as const).flatMap((option) =>
        argument(option, options[option]),
      ),
    ],
  };
}

function argument(option: keyof typeof forms, value: string | undefined): string[] {
  if (value === undefined) return [];
  if (!forms[option].test(value))
    throw new RootfsError("rootfs-value", { option: `--${option}`, value });
  return [`--${option}=${value}`];
}

function isMirror(text: string): boolean {
  return /^(?:https?|ftp|file):\/\/[!-~]+$/.test(text) && URL.canParse(text);
}
