import { copyFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { repository } from "../host/repository.js";

/**
 * Builds the command line as scripts/build.js does.
 *
 * @returns the file that Node runs
 */
export async function bundleCli(directory: string): Promise<string> {
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
  return file;
}
