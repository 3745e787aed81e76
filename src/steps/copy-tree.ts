import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { close, fchmodat, mkdirat, openat, sendfile, symlinkat } from "../kernel/calls/file.js";
import { O_CLOEXEC, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } from "../kernel/constants/file.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";

/** A file of a tree that a program of system calls copies. */
export type TreeEntry = { readonly path: string } & (
  | { readonly type: "directory"; readonly mode: number }
  | { readonly type: "file"; readonly mode: number; readonly size: number }
  | { readonly type: "link"; readonly target: string }
);

/** The directories, files and symbolic links below a directory, parents first; anything else is left out. */
export function listTree(directory: string, below = ""): TreeEntry[] {
  return readdirSync(path.join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(below, entry.name);
    const file = path.join(directory, place);
    const { mode, size } = lstatSync(file);
    const permissions = mode & 0o7777;
    if (entry.isDirectory())
      return [{ path: place, type: "directory", mode: permissions }, ...listTree(directory, place)];
    if (entry.isSymbolicLink()) return [{ path: place, type: "link", target: readlinkSync(file) }];
    return entry.isFile() ? [{ path: place, type: "file", mode: permissions, size }] : [];
  });
}

/** Copies a tree; what is made belongs to who runs the program. */
export function addCopies(
  writer: StepWriter,
  entries: readonly TreeEntry[],
  from: Result,
  to: Result,
): void {
  for (const entry of entries)
    switch (entry.type) {
      case "directory": {
        writer.add(mkdirat(to, entry.path, entry.mode));
        addPermissions(writer, entry, to);
        break;
      }
      case "link": {
        writer.add(symlinkat(entry.target, to, entry.path));
        break;
      }
      case "file": {
        const source = writer.add(openat(from, entry.path, O_RDONLY | O_CLOEXEC));
        const flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        const copy = writer.add(openat(to, entry.path, flags, entry.mode));
        if (entry.size > 0) writer.add(sendfile(copy, source, entry.size), { minimum: entry.size });
        writer.add(close(source));
        writer.add(close(copy));
        addPermissions(writer, entry, to);
      }
    }
}

/** Gives back what the file mode creation mask has taken. */
function addPermissions(
  writer: StepWriter,
  { path: place, mode }: { readonly path: string; readonly mode: number },
  to: Result,
): void {
  if ((mode & 0o022) !== 0) writer.add(fchmodat(to, place, mode));
}
