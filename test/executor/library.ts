/** Programs that use the library, run in a simulated host. */
import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { repository } from "../host/repository.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import type { Outcome } from "../host/host-process.js";

// Below node_modules, so that the bundle finds koffi; not in the repository.
const cache = path.join(repository, "node_modules/.cache/cooper-library-tests");

const marker = "result: ";

/** Bundles a program; `import … from "cooper"` means the sources. */
async function bundle(entry: Pick<BuildOptions, "stdin" | "entryPoints">): Promise<string> {
  await mkdir(cache, { recursive: true });
  const plugin = path.join(repository, "scripts/templates-plugin.js");
  const { esbuildTemplates } = (await import(plugin)) as { esbuildTemplates: Plugin };
  const outfile = path.join(cache, `${randomUUID()}.mjs`);
  await build({
    ...entry,
    absWorkingDir: repository,
    outfile: `${outfile}.unfinished`,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["koffi", "ts-morph", "shellcheck"],
    alias: { cooper: "./src/index.ts" },
    plugins: [esbuildTemplates],
    banner: {
      js: 'import { createRequire as cooperRequire } from "node:module"; const require = cooperRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  await rename(`${outfile}.unfinished`, outfile);
  return outfile;
}

/** Runs TypeScript in a simulated host. */
export async function runProgram(host: SimulatedHost, contents: string): Promise<Outcome> {
  const file = await bundle({ stdin: { contents, loader: "ts", resolveDir: repository } });
  return host.run([process.execPath, file]);
}

/** A driver, a module of `drivers/` that exports cases, ready to run. */
export class Driver {
  #file: Promise<string> | undefined;

  constructor(private readonly name: string) {}

  /**
   * Runs a case in a simulated host.
   *
   * @returns what it returned, through JSON
   */
  async run(host: SimulatedHost, name: string, argument: unknown = null): Promise<unknown> {
    this.#file ??= bundle({
      stdin: {
        contents: `
          import * as cases from "./${this.name}.js";
          const [name, argument] = process.argv.slice(2);
          const value = await cases[name](JSON.parse(argument));
          process.stdout.write("\\n${marker}" + JSON.stringify(value ?? null) + "\\n");`,
        resolveDir: path.join(repository, "test/executor/drivers"),
      },
    });
    const { stdout, stderr, exitCode } = await host.run([
      ...([process.execPath, await this.#file, name] as const),
      JSON.stringify(argument),
    ]);
    const line = stdout.split("\n").findLast((each) => each.startsWith(marker));
    if (line === undefined || exitCode !== 0)
      throw new Error(`the case ${name} failed (${String(exitCode)}):\n${stdout}\n${stderr}`);
    return JSON.parse(line.slice(marker.length)) as unknown;
  }
}
