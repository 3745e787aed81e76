import { createRequire } from "node:module";
import type * as Koffi from "koffi";

/** CommonJS, which the command line is built as, has this function already; to make one takes longer. */
const requirePackage = typeof module === "undefined" ? createRequire(import.meta.url) : require;

/**
 * Loads koffi. Its native part is all that is needed of it and is asked for first: koffi's own JavaScript looks for
 * that in several places and adds names that are out of use, which takes longer than the rest of a start.
 */
export function requireKoffi(): typeof Koffi {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return requirePackage(
      `@koromix/koffi-${platform}/${platform.replace("-", "_")}/koffi.node`,
    ) as typeof Koffi;
  } catch {
    // A package manager may have put it where only koffi finds it.
    return requirePackage("koffi") as typeof Koffi;
  }
}
