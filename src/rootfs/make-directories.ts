import { chmodSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Makes a directory and those above it that are missing, readable by all whatever the umask is. Not with `recursive`,
 * which takes a file system that is read-only for a directory that is missing.
 */
export function makeDirectories(directory: string): void {
  if (isDirectory(directory)) return;
  makeDirectories(path.dirname(directory));
  try {
    mkdirSync(directory);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (isDirectory(directory)) return;
    throw error;
  }
  chmodSync(directory, 0o755);
}

const isDirectory = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
