// Builds dist/: the library and the command line, bundled by esbuild into a few files because loading
// hundreds of small modules would cost more start-up time than Cooper's own work; V8's code cache for the
// command line; and type declarations by tsc. `--no-types` leaves the declarations out.
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCommandLine } from "./bundle-command-line.js";
import { writeManual } from "./manual.js";
import { esbuildTemplates } from "./templates-plugin.js";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
rmSync(dist, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  external: ["koffi", "shellcheck", "ts-morph"],
  plugins: [esbuildTemplates],
  logLevel: "warning",
  entryPoints: { index: "src/index.ts" },
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  // Handlebars is CommonJS and asks for require.
  banner: {
    js: 'import { createRequire as cooperCreateRequire } from "node:module"; const require = cooperCreateRequire(import.meta.url);',
  },
});

const start = await bundleCommandLine(dist);
await writeManual(path.join(dist, "cooper.1"));

// A code cache holds what a process has compiled, so each is made by a typical one.
const warmUp = (args, before = []) => {
  const [file, ...rest] = [...before, process.execPath, start, ...args];
  return spawnSync(file, rest, {
    cwd: root,
    env: { ...process.env, COOPER_BUILD_CODE_CACHE: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
};
const must = ({ status, stderr }, expected) => {
  if (status !== expected) throw new Error(`the build does not work:\n${stderr}`);
};
must(warmUp(["compile", "golden/05-full/container.ts"]), 0);

// A container of its own is built in namespaces of its own, where they can be had; where not, the one asked for
// has no root file system, and that is noticed last.
const apart = [
  ...["unshare", ...(process.getuid() === 0 ? [] : ["--user", "--map-root-user"])],
  ..."--mount --pid --fork --kill-child --net --ipc --uts --mount-proc --".split(" "),
  ...["sh", "-c", 'mount -t tmpfs tmpfs /run && mkdir "$0" && mount --rbind / "$0" && exec "$@"'],
];
const runs = (directory, ...before) => {
  const config = path.join(dist, "warm-up.json");
  const process = { args: ["/bin/true"] };
  writeFileSync(config, JSON.stringify({ root: { path: directory }, process }));
  const result = warmUp(["run", config], before);
  rmSync(config);
  return result;
};
if (runs("/run/root", ...apart, "/run/root").status !== 0)
  must(runs(path.join(dist, "no-root-file-system")), 125);

if (!process.argv.includes("--no-types")) {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  const { pruneDeclarations } = await import("./prune-declarations.js");
  pruneDeclarations(path.join(dist, "types"), "src/index.d.ts");
}
