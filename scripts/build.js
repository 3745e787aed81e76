// Builds dist/: the library and the command line, bundled by esbuild into a few files because loading
// hundreds of small modules would cost more start-up time than Cooper's own work; V8's code cache for the
// command line; and type declarations by tsc. `--no-types` leaves the declarations out.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { lazyBuiltins } from "./lazy-builtins-plugin.js";
import { esbuildTemplates } from "./templates-plugin.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
rmSync(dist, { recursive: true, force: true });

const common = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  // These stay packages of their own: native code, a tool that downloads, and the TypeScript compiler.
  external: ["koffi", "shellcheck", "ts-morph"],
  plugins: [esbuildTemplates],
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: { index: "src/index.ts" },
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  // Handlebars is CommonJS and asks for require.
  banner: {
    js: 'import { createRequire as cooperCreateRequire } from "node:module"; const require = cooperCreateRequire(import.meta.url);',
  },
});

await build({
  ...common,
  entryPoints: { "cli.bundle": "src/cli/main.ts" },
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  minify: true,
  plugins: [...common.plugins, lazyBuiltins],
  banner: { js: 'const cooperUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "cooperUrl" },
});

const start = path.join(dist, "cli.cjs");
copyFileSync(path.join(root, "src/cli/start.cjs"), start);
chmodSync(start, 0o755);
// A code cache holds what a process has compiled, so each is made by a typical one. A container is not built
// for that, which would take root: the one asked for has no root file system, and that is noticed last.
const warmUp = (args, expected) => {
  const { status, stderr } = spawnSync(process.execPath, [start, ...args], {
    cwd: root,
    env: { ...process.env, COOPER_BUILD_CODE_CACHE: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== expected) throw new Error(`the build does not work:\n${stderr}`);
};
warmUp(["compile", "golden/05-full/container.ts"], 0);
const missing = path.join(dist, "no-root-file-system");
const config = path.join(dist, "warm-up.json");
writeFileSync(config, JSON.stringify({ privileged: true, root: { path: missing } }));
warmUp(["run", "--quiet", config], 125);
rmSync(config);

if (!process.argv.includes("--no-types"))
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
