import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { afterAll } from "vitest";
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
 * Builds the command line as scripts/build.js does, into a directory of its own: dist/ may be built anew by
 * somebody else at any time. It lies below node_modules, so that the packages it leaves out are found.
 */
export async function buildCli(): Promise<Cli> {
  const directory = mkdtempSync(path.join(repository, "node_modules/.cooper-cli-"));
  built.push(directory);
  const plugin = path.join(repository, "scripts/templates-plugin.js");
  const { esbuildTemplates } = (await import(plugin)) as { esbuildTemplates: Plugin };
  await build({
    absWorkingDir: repository,
    entryPoints: { "cli.bundle": "src/cli/main.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["koffi", "shellcheck", "ts-morph"],
    plugins: [esbuildTemplates],
    banner: { js: 'const cooperUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "cooperUrl" },
    logLevel: "error",
  });
  const file = path.join(directory, "cli.cjs");
  copyFileSync(path.join(repository, "src/cli/start.cjs"), file);
  return { file, run: (args, options) => runCli(file, args, options) };
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
