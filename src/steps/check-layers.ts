import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { HostProblem } from "./host.js";

/**
 * Checks that directories can be merged: none is the host's root or lies in another one.
 *
 * @throws HostProblem `layer-missing`, `rootfs-is-host`, `layers-overlap`
 */
export function checkLayers(layers: readonly string[]): void {
  const seen: string[] = [];
  for (const layer of layers) {
    if (!isDirectory(layer)) throw new HostProblem("layer-missing", { path: layer });
    const real = realpathSync.native(layer);
    if (real === "/") throw new HostProblem("rootfs-is-host", { root: layer });
    const other = seen.find((each) => isWithin(each, real) || isWithin(real, each));
    if (other !== undefined) throw new HostProblem("layers-overlap", { path: real, other });
    seen.push(real);
  }
}

/** Whether there is a directory, and who starts the container may enter it. */
function isDirectory(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const isWithin = (file: string, directory: string) => `${file}/`.startsWith(`${directory}/`);
