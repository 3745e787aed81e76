import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { scratchDirectory } from "./scratch.js";
import { systemPath } from "./tools.js";

export interface BashResult {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs a bash script with exactly this environment: variables of the machine, such as a stray
 * CONTAINER_NAME, must never change a test.
 */
export function runBash(
  script: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): BashResult {
  const file = path.join(scratchDirectory(), "script.sh");
  writeFileSync(file, script);
  return runBashFile(file, args, environment);
}

export function runBashFile(
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): BashResult {
  const { status, stdout, stderr, error } = spawnSync("bash", ["--", file, ...args], {
    env: { PATH: systemPath, LC_ALL: "C", ...environment },
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr: stderr.toString() };
}

/** What a script printed, split at NUL characters: `printf '%s\0' WORD...`. */
export function records({ stdout }: BashResult): string[] {
  return stdout.toString().split("\0").slice(0, -1);
}
