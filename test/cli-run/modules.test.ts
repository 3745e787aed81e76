import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository } from "../host/repository.js";

let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(path.join(repository, "node_modules/.cooper-modules-"));
  const plugin = path.join(repository, "scripts/templates-plugin.js");
  const { esbuildTemplates } = (await import(plugin)) as {
    esbuildTemplates: import("esbuild").Plugin;
  };
  // As scripts/build.js does, but with every package left outside, where Node can tell who asks for it.
  await build({
    absWorkingDir: repository,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    plugins: [esbuildTemplates],
    banner: { js: 'const cooperUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "cooperUrl" },
    logLevel: "error",
  });
  writeFileSync(
    path.join(directory, "trace.cjs"),
    `const Module = require("node:module");
     const load = Module._load;
     const names = new Set();
     Module._load = function (name, ...rest) { names.add(name); return load.call(this, name, ...rest); };
     process.on("exit", () => require("node:fs").writeFileSync(process.env.TRACE, [...names].join("\\n")));`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The packages that a command loads. */
function packagesOf(...args: string[]): string[] {
  const trace = path.join(directory, "trace");
  try {
    const cli = ["-r", path.join(directory, "trace.cjs"), path.join(directory, "cli.cjs")];
    execFileSync(process.execPath, [...cli, ...args], {
      env: { PATH: "/usr/bin:/bin", TRACE: trace },
      stdio: "ignore",
    });
  } catch {
    // That it fails is part of some of these; what it has loaded until then is what counts.
  }
  const names = execFileSync("cat", [trace], { encoding: "utf8" }).split("\n");
  const known = {
    commander: /^commander$/,
    koffi: /koffi/,
    typescript: /ts-morph|typescript/,
    // Messages about wrong values are zod's own, and come without the rest of it.
    zod: /^zod(?:\/mini)?$/,
  };
  return Object.entries(known).flatMap(([name, pattern]) =>
    names.some((each) => pattern.test(each)) ? [name] : [],
  );
}

const config = path.join(repository, "golden/05-full/container.ts");

test("run with a JSON config needs neither the TypeScript compiler nor the templates", () => {
  // It fails as late as a run can fail without having changed anything.
  const json = path.join(directory, "c.json");
  writeFileSync(json, JSON.stringify({ privileged: true, root: { path: "/no/such/rootfs" } }));
  expect(packagesOf("run", "-q", json)).toEqual(["commander", "zod"]);
  expect(packagesOf("run", "-q", "--privileged", "--rootfs", "/no/such")).toEqual([
    "commander",
    "zod",
  ]);
});

test("what describes or lists containers needs no system calls of its own", () => {
  expect(packagesOf("--version")).toEqual(["commander"]);
  expect(packagesOf("--help")).toEqual(["commander"]);
  expect(packagesOf("ps")).toEqual(["commander"]);
  expect(packagesOf("plan", config)).not.toContain("koffi");
  expect(packagesOf("compile", config)).toEqual(["commander", "typescript", "zod"]);
  expect(packagesOf("exec", "nobody", "--", "true")).toEqual(["commander"]);
});
