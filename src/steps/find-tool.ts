import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Where a command is that PATH leads to; undefined where it is not installed. */
export function findTool(tool: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .map((directory) => path.join(directory || ".", tool))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
