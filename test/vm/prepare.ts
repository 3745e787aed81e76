/** What programs and tests need in the virtual machine, made on this machine, which is some 25 times faster. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import { canonicalStackJson } from "../../src/model/spec/stack.js";
import { goldenCases, preparedSpec, readCase } from "../golden/cases.js";
import { goldenStacks, readStackCase } from "../golden/stacks.js";
import { repository } from "../host/repository.js";
import { bundleCli } from "../support/bundle-cli.js";
import { preparedCli } from "../support/prepared.js";

/** What is started in simulated hosts. */
const helpers = ["host/observer-agent.ts", "parity/kernel-path.ts"];

/**
 * Gives `body` a directory of bundled programs, which are named after their modules (`vm/run-tests.mjs`), and of
 * what they find prepared there.
 *
 * @param modules below test/
 */
export async function withPrepared<Result>(
  modules: readonly string[],
  body: (directory: string) => Promise<Result>,
): Promise<Result> {
  // Below node_modules, so that the bundles find koffi.
  const cache = path.join(repository, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(path.join(cache, "cooper-vm-"));
  try {
    await bundle([...helpers, ...modules], directory);
    await bundleCli(path.dirname(path.join(directory, preparedCli)));
    const write = (name: string, spec: string) =>
      writeFileSync(path.join(directory, preparedSpec(name)), spec);
    for (const each of goldenCases(repository))
      write(each.name, canonicalJson(await readCase(each)));
    for (const each of goldenStacks(repository))
      write(each.name, canonicalStackJson(await readStackCase(each)));
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function bundle(modules: readonly string[], outdir: string): Promise<void> {
  const plugin = path.join(repository, "scripts/templates-plugin.js");
  const { esbuildTemplates } = (await import(plugin)) as { esbuildTemplates: Plugin };
  await build({
    absWorkingDir: repository,
    entryPoints: modules.map((module) => `test/${module}`),
    outdir,
    outbase: "test",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["koffi", "ts-morph", "shellcheck", "esbuild"],
    alias: { cooper: "./src/index.ts", vitest: "./test/vm/vitest.ts" },
    plugins: [esbuildTemplates],
    banner: {
      js: 'import { createRequire as cooperRequire } from "node:module"; const require = cooperRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}
