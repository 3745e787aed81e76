/** Programs that tests run in simulated hosts, bundled into one file each. */
import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { repository } from "../host/repository.js";
import { preparedFile } from "./prepared.js";

const built = new Map<string, Promise<string>>();

/**
 * @param entry a module below test/, such as `host/observer-agent.ts`
 * @returns the file that Node runs
 */
export function helperProgram(entry: string): Promise<string> {
  const name = `${path.basename(entry, ".ts")}.mjs`;
  const prepared = preparedFile(entry.replace(/\.ts$/, ".mjs"));
  if (prepared !== undefined) return Promise.resolve(prepared);
  const building = built.get(entry) ?? buildProgram(entry, name);
  built.set(entry, building);
  return building;
}

async function buildProgram(entry: string, name: string): Promise<string> {
  // Below node_modules, so that the bundle finds koffi; not in the repository.
  const outfile = path.join(repository, "node_modules/.cache/cooper-test-programs", name);
  await mkdir(path.dirname(outfile), { recursive: true });
  // Other test files build it at the same time: renaming never shows anyone half a file.
  const unfinished = `${outfile}.${randomUUID()}`;
  const { build } = await import("esbuild");
  await build({
    entryPoints: [path.join(repository, "test", entry)],
    outfile: unfinished,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["koffi"],
    logLevel: "warning",
  });
  await rename(unfinished, outfile);
  return outfile;
}
