import { writeSync } from "node:fs";
import { memfdCreate } from "../kernel/calls/file.js";
import { performSystemCall } from "../kernel/libc.js";

/** A file without a name; the command finds its beginning, because this process never moves the offset. */
export function memoryFile(content: string): number {
  const descriptor = performSystemCall(memfdCreate("cooper"));
  if (content !== "") writeSync(descriptor, content, 0);
  return descriptor;
}
