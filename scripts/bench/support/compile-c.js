import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

// Below the checkout, which simulated hosts see.
const cache = path.join(import.meta.dirname, "../../../node_modules/.cache");

/** Compiles a C program for as long as `body` uses it. */
export async function compileC(source, flags, body) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "cooper-bench-"));
  try {
    const program = path.join(folder, path.basename(source, ".c"));
    execFileSync("gcc", ["-O2", "-Wall", ...flags, "-o", program, source]);
    return await body(program);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
