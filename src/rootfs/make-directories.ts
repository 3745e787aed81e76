import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";

/** Makes a directory and those above it that are missing, readable by all whatever the umask is. */
export function makeDirectories(directory: string): void {
  const first = mkdirSync(directory, { recursive: true });
  if (first === undefined) return;
  for (let each = directory; each.length >= first.length; each = path.dirname(each))
    chmodSync(each, 0o755);
}
