import path from "node:path";
import { CooperError } from "../model/errors.js";
import type { Config } from "./config.js";
import { readJson } from "./json/read-json.js";

/** A reader for each kind of config. The compiler that reads TypeScript is loaded when it is needed. */
const readers = new Map<string, (file: string) => Config | Promise<Config>>([
  [".json", readJson],
  [
    ".ts",
    async (file) => {
      const { readTypeScript } = await import("./typescript/read-typescript.js");
      return readTypeScript(file);
    },
  ],
]);

/**
 * Reads a config, chosen by its extension: `.ts` or `.json`. A config is never executed.
 *
 * @throws CooperError with the place in the source where there is one
 */
export async function readConfig(file: string): Promise<Config> {
  const reader = readers.get(path.extname(file));
  if (reader === undefined) throw CooperError.of("file-kind", { file });
  return reader(file);
}
