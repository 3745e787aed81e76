import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { access, chmod, constants, copyFile, mkdir, rename, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { findTool } from "../kernel/find-tool.js";
import { loadModule } from "./load-module.js";

/** A checker that is not installed. */
export class MissingToolError extends Error {
  override readonly name = "MissingToolError";

  constructor(
    readonly tool: string,
    /** Debian's package of it. */
    readonly packageName: string,
  ) {
    super(`${tool} is not installed`);
  }
}

/**
 * Checks a bash script with `bash -n`, `shellcheck -o all` and `shfmt -d -i 2 -ci`.
 *
 * @returns what each checker that is not content printed; empty when the script is clean
 * @throws MissingToolError when a checker is not installed
 */
export async function lint(file: string): Promise<string[]> {
  const reports = [
    await run("bash", ["-n", "--", file], "bash"),
    await shellcheckReport(file),
    await run("shfmt", ["-d", "-i", "2", "-ci", "--", file], "shfmt"),
  ];
  return reports.filter((report) => report !== "");
}

const execute = promisify(execFile);

/** What a checker printed when it found something, else nothing. */
async function run(tool: string, args: string[], packageName: string): Promise<string> {
  const file = findTool(tool);
  if (file === undefined) throw new MissingToolError(tool, packageName);
  try {
    await execute(file, args);
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ""}${stderr ?? ""}` || String(error);
  }
}

async function shellcheckReport(file: string): Promise<string> {
  const bin = await shellcheckBinary();
  const { shellcheck } = (await loadModule("shellcheck")) as typeof import("shellcheck");
  const { status, stdout, stderr, error } = await shellcheck({
    bin,
    args: ["--norc", "--enable=all", "--shell=bash", "--color=never", "--", file],
  });
  if (error) throw error;
  return status === 0 ? "" : `${String(stdout)}${String(stderr)}`;
}

/**
 * The binary the npm package `shellcheck` is to run. It downloads one unless the one it is given can be
 * written and executed, so a system shellcheck that belongs to root is copied into the user's cache.
 */
async function shellcheckBinary(): Promise<string> {
  const system = findTool("shellcheck", isBinary) ?? (await downloadedShellcheck());
  if (system === undefined) throw new MissingToolError("shellcheck", "shellcheck");
  if (await accessible(system, constants.W_OK | constants.X_OK)) return system;
  const cache = process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  const { size, mtimeMs } = await stat(system);
  const copy = path.join(
    cache,
    "cooper",
    `shellcheck-${String(size)}-${String(Math.floor(mtimeMs))}`,
  );
  if (!(await accessible(copy, constants.W_OK | constants.X_OK))) {
    await mkdir(path.dirname(copy), { recursive: true });
    const beside = `${copy}.${String(process.pid)}`;
    await copyFile(system, beside);
    await chmod(beside, 0o755);
    await rename(beside, copy);
  }
  return copy;
}

/** Under npm the PATH has the npm package's own command, which would download a binary. */
const isBinary = (file: string) => !/\.[cm]?js$/.test(realpathSync(file));

/** The binary that the npm package has downloaded before, when its user asked it to. */
async function downloadedShellcheck(): Promise<string | undefined> {
  const main = createRequire(import.meta.url).resolve("shellcheck");
  const binary = path.join(path.dirname(main), "../bin/shellcheck");
  return (await accessible(binary, constants.X_OK)) ? binary : undefined;
}

async function accessible(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
