import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll } from "vitest";
import { preparedCli, preparedFile } from "./prepared.js";
import { repository } from "./template-files.js";
import { systemPath } from "./tools.js";

export interface RunOptions {
  readonly cwd?: string;
  /** Added to a bare environment: nothing of the machine's gets in. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cli {
  /** The built command line, a file that Node runs. */
  readonly file: string;
  readonly run: (args: readonly string[], options?: RunOptions) => CliResult;
}

const built: string[] = [];

/**
 * The command line, built into a directory of its own: dist/ may be built anew by somebody else at any time. It lies
 * below node_modules, so that the packages it leaves out are found.
 */
export async function buildCli(): Promise<Cli> {
  const file = preparedFile(preparedCli) ?? (await build());
  return { file, run: (args, options) => runCli(file, args, options) };
}

async function build(): Promise<string> {
  const directory = mkdtempSync(path.join(repository, "node_modules/.cooper-cli-"));
  built.push(directory);
  const { bundleCli } = await import("./bundle-cli.js");
  return bundleCli(directory);
}

function runCli(file: string, args: readonly string[], { cwd, env }: RunOptions = {}): CliResult {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [file, ...args], {
    cwd: cwd ?? "/",
    env: { PATH: systemPath, ...env },
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

afterAll(() => {
  for (const directory of built.splice(0)) rmSync(directory, { recursive: true, force: true });
});
