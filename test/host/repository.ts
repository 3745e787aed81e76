import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The root of the repository. Searched upwards, because this file may have become part of a bundle that lies
 * elsewhere in it.
 */
export const repository = findRepository(path.dirname(fileURLToPath(import.meta.url)));

function findRepository(directory: string): string {
  if (existsSync(path.join(directory, "test/host/simulated-host.sh"))) return directory;
  const parent = path.dirname(directory);
  if (parent === directory) throw new Error("this is not part of the repository any more");
  return findRepository(parent);
}
