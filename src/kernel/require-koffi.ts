import { createRequire } from "node:module";
import type * as Koffi from "koffi";

/**
 * Loads koffi. Its native part is all that is needed of it and is asked for first: koffi's own JavaScript looks for
 * that in several places and adds names that are out of use, which takes longer than the rest of a start.
 */
export function requireKoffi(): typeof Koffi {
  const require = createRequire(import.meta.url);
  const platform = `${process.platform}-${process.arch}`;
  try {
    return require(
      `@koromix/koffi-${platform}/${platform.replace("-", "_")}/koffi.node`,
    ) as typeof Koffi;
  } catch {
    // A package manager may have put it where only koffi finds it.
    return require("koffi") as typeof Koffi;
  }
}
