import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

let own: string | undefined;
let count = 0;

/** A fresh directory for the current test file, removed when the file is done. */
export function scratchDirectory(): string {
  own ??= mkdtempSync(path.join(tmpdir(), "cooper-test-"));
  count += 1;
  return mkdtempSync(path.join(own, `${String(count)}-`));
}

afterAll(() => {
  if (own !== undefined) rmSync(own, { recursive: true, force: true });
  own = undefined;
});
